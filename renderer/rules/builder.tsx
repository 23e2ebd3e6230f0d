import { type FormEvent, useRef, useState } from 'react';
import type { Rule } from '../../preload/contract/rule.ts';
import type { SourceRow } from '../../preload/contract/source.ts';
import { Button, ButtonLink } from '../ui/button.tsx';
import { CheckBox } from '../ui/choices.tsx';
import { Field, TextInput } from '../ui/field.tsx';
import { ErrorNote } from '../ui/note.tsx';
import { Screen } from '../ui/screen.tsx';
import { words } from '../words/words.ts';
import { ActionFields } from './action-fields.tsx';
import { ConditionFields } from './condition-fields.tsx';
import { type Draft, isWrong, readQuestion, type Wrong } from './rule-draft.ts';
import { TestResult } from './test-result.tsx';
import { useRuleTest } from './use-rule-test.ts';
import { useSaveRule } from './use-save-rule.ts';

const { builder: say, title } = words.rules;

type Props = { rule: Rule | undefined; draft: Draft; sources: readonly SourceRow[]; fromTitle: string | undefined };

/** What a rule looks for and what it does; at the right the posts here that fit, while it is written. */
export const Builder = ({ rule, draft: first, sources, fromTitle }: Props) => {
  const [start] = useState(first);
  const [draft, setDraft] = useState(start);
  const [wrong, setWrong] = useState<Wrong>();
  const [appliesToo, setAppliesToo] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const question = readQuestion(draft);
  const test = useRuleTest(isWrong(question) ? undefined : question);
  const { save, isPending, error } = useSaveRule(rule, sources);
  const set = (part: Partial<Draft>) => {
    setWrong(undefined);
    setDraft((before) => ({ ...before, ...part }));
  };
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const found = await save(draft, appliesToo);
    setWrong(found);
    if (found) requestAnimationFrame(() => form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus());
  };
  const isBad = test.error?.code === 'IPC_INVALID' && test.error.field;
  const shown = wrong ?? (isBad && test.error ? { field: test.error.field ?? '', message: test.error.message } : undefined);
  const matched = test.data && !test.isBehind && !isWrong(question) ? test.data.matched : 0;
  return (
    <Screen
      title={rule?.name ?? say.newTitle}
      crumb={{ label: title, href: '#/rules' }}
      actions={
        <>
          {draft !== start && <span className="dim">{say.notSaved}</span>}
          <ButtonLink href="#/rules">{say.cancel}</ButtonLink>
          <Button look="primary" type="submit" form="rule-builder" isPending={isPending}>
            {say.save}
          </Button>
        </>
      }
    >
      {error && !wrong && <ErrorNote error={error} kept={say.nothingSaved} />}
      <div className="builder">
        <form id="rule-builder" ref={form} onSubmit={submit} noValidate>
          {fromTitle && <p className="builder-from mid">{say.fromPost(fromTitle)}</p>}
          <ConditionFields draft={draft} sources={sources} wrong={shown} onChange={set} />
          <ActionFields draft={draft} wrong={shown} onChange={set} />
          <div className="builder-name">
            <Field label={say.name} error={shown?.field === 'name' ? shown.message : undefined}>
              {(ids) => (
                <TextInput
                  {...ids}
                  value={draft.name}
                  maxLength={100}
                  placeholder={say.namePlaceholder}
                  onChange={(event) => set({ name: event.target.value })}
                />
              )}
            </Field>
          </div>
          {matched > 0 && (
            // biome-ignore lint/a11y/noLabelWithoutControl: the tick box is in it
            <label className="builder-choice">
              <CheckBox isOn={appliesToo} onChange={setAppliesToo} />
              <span>{say.applyToo(matched)}</span>
            </label>
          )}
        </form>
        <TestResult test={test} isAsked={!isWrong(question)} />
      </div>
    </Screen>
  );
};
