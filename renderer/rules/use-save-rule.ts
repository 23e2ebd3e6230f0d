import { useMemo } from 'react';
import type { NewRule, Rule } from '../../preload/contract/rule.ts';
import type { SourceRow } from '../../preload/contract/source.ts';
import { useAction } from '../client/use-action.ts';
import { go } from '../client/use-view.ts';
import { useToast } from '../ui/toast.tsx';
import { words } from '../words/words.ts';
import { type Draft, isWrong, readActions, readQuestion, type Wrong } from './rule-draft.ts';
import { nameFor } from './rule-words.ts';
import { useApply } from './use-apply.ts';

const { builder: say } = words.rules;

/** Saves what is in the form as a new rule or over the old one, and goes back to the list. Answers what is wrong instead. */
export const useSaveRule = (rule: Rule | undefined, sources: readonly SourceRow[]) => {
  const add = useAction('rules.add');
  const update = useAction('rules.update');
  const toast = useToast();
  const apply = useApply();
  const titles = useMemo(() => new Map(sources.map(({ source }) => [source.id, source.title])), [sources]);

  const read = (draft: Draft): NewRule | Wrong => {
    const question = readQuestion(draft);
    if (isWrong(question)) return question;
    const actions = readActions(draft, Date.now());
    if (isWrong(actions)) return actions;
    return { name: draft.name.trim() || nameFor(question, titles), ...question, actions };
  };
  const save = async (draft: Draft, appliesToo: boolean): Promise<Wrong | undefined> => {
    const wanted = read(draft);
    if (isWrong(wanted)) return wanted;
    const answer = rule ? await update.run({ id: rule.id, patch: wanted }) : await add.run(wanted);
    if (!answer.ok) return answer.error.field ? { field: answer.error.field, message: answer.error.message } : undefined;
    const { id, name } = answer.result;
    go(['rules']);
    toast({ text: say.saved(name) });
    if (appliesToo) void apply(id, name);
    return undefined;
  };
  return { save, isPending: add.isPending || update.isPending, error: rule ? update.error : add.error };
};
