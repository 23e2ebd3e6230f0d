import type { Handlers } from '../../preload/contract/contract.ts';
import { AppError } from '../../preload/contract/errors.ts';
import { MAX_RULES, type NewRule, newRuleSchema, type Rule, type RuleRow } from '../../preload/contract/rule.ts';
import { toInstant } from '../lib/clock.ts';
import { newId } from '../lib/ids.ts';
import { toQuestion } from '../rules/compile.ts';
import { releaseUnfit } from './release-muted.ts';
import { testRule } from './rule-tests.ts';
import type { Services } from './services.ts';
import { found } from './views.ts';

type RuleHandlers = Pick<
  Handlers,
  | 'rules.list'
  | 'rules.add'
  | 'rules.update'
  | 'rules.remove'
  | 'rules.reorder'
  | 'rules.test'
  | 'rules.export'
  | 'rules.import'
  | 'posts.label'
>;

const toRow = ({ store, clock }: Services, rule: Rule): RuleRow => {
  const until = rule.actions.mute?.until;
  return {
    rule,
    muted: store.posts.hiddenBy(rule.id),
    isMuteOver: until !== undefined && Date.parse(until) <= clock.now(),
  };
};
const rowsOf = (services: Services): RuleRow[] => services.store.rules.all().map((rule) => toRow(services, rule));

const nextOrder = (rules: readonly Rule[]): number => Math.max(-1, ...rules.map(({ order }) => order)) + 1;

const refuseTooMany = (count: number): void => {
  if (count > MAX_RULES) throw new AppError('CONFLICT', `There can be at most ${MAX_RULES} rules.`);
};

const add = async ({ store, clock }: Services, given: NewRule): Promise<Rule> => {
  const rules = store.rules.all();
  refuseTooMany(rules.length + 1);
  if (given.id && store.rules.get(given.id)) throw new AppError('CONFLICT', 'This rule is there already.');
  await toQuestion(given);
  const now = clock.now();
  const rule: Rule = {
    enabled: true,
    ...given,
    id: given.id ?? newId(now),
    order: given.order ?? nextOrder(store.rules.all()),
    addedAt: toInstant(now),
  };
  await store.rules.put([rule]);
  return rule;
};

const FORMAT = 'tidings-rules';

const exportRules = ({ store, clock }: Services): { fileName: string; text: string } => {
  const rules = store.rules.all().map(({ id: _id, order: _order, addedAt: _addedAt, ...rule }) => rule);
  const text = `${JSON.stringify({ format: FORMAT, version: 1, rules }, null, 2)}\n`;
  return { fileName: `tidings-rules-${toInstant(clock.now()).slice(0, 10)}.json`, text };
};

const readFile = (text: string): unknown[] => {
  try {
    const file = JSON.parse(text) as { format?: unknown; rules?: unknown } | null;
    if (file?.format === FORMAT && Array.isArray(file.rules)) return file.rules;
  } catch {
    // Told below, as for any other file that is none of ours.
  }
  throw new AppError('IPC_INVALID', 'This is not a file of rules from Tidings.', { field: 'text' });
};

/** What makes two rules the same for an import. */
const sameness = ({ name, match, conditions, actions }: NewRule): string => JSON.stringify([name, match, conditions, actions]);

const importRules = async (services: Services, text: string): Promise<{ added: Rule[]; known: number; refused: number }> => {
  const { store } = services;
  const known = new Set(store.rules.all().map(sameness));
  const result = { added: [] as Rule[], known: 0, refused: 0 };
  for (const row of readFile(text)) {
    const parsed = newRuleSchema.omit({ id: true, order: true }).safeParse(row);
    if (!parsed.success || store.rules.all().length >= MAX_RULES) result.refused++;
    else if (known.has(sameness(parsed.data))) result.known++;
    else {
      known.add(sameness(parsed.data));
      const rule = await add(services, parsed.data).catch(() => undefined);
      if (rule) result.added.push(rule);
      else result.refused++;
    }
  }
  return result;
};

/** What the screen can ask about rules, and labels. */
export const createRuleHandlers = (services: Services): RuleHandlers => {
  const { store, events } = services;
  const changed = (ids: string[]): void => {
    events.emit('rules.changed', { ids });
    events.emit('posts.changed', { added: 0 });
    events.emit('status.changed', {});
  };
  return {
    'rules.list': () => rowsOf(services),
    'rules.add': async (given) => {
      const rule = await add(services, given);
      changed([rule.id]);
      return rule;
    },
    'rules.update': async ({ id, patch }) => {
      const before = found(store.rules.get(id), 'rule');
      const rule = { ...before, ...patch } as Rule;
      const question = await toQuestion(rule);
      await store.rules.put([rule]);
      if (patch.conditions || patch.match) await releaseUnfit(services, rule, question);
      changed([id]);
      return rule;
    },
    'rules.remove': async ({ id }) => {
      const rule = found(store.rules.get(id), 'rule');
      const released = store.posts.hiddenBy(id);
      await store.rules.remove(id);
      changed([id]);
      return { rule, released };
    },
    'rules.reorder': async ({ ids }) => {
      const rules = store.rules.all();
      const isAll = ids.length === rules.length && rules.every((rule) => ids.includes(rule.id));
      if (!isAll) throw new AppError('CONFLICT', 'The rules changed meanwhile. Try again.');
      await store.rules.put(rules.map((rule) => ({ ...rule, order: ids.indexOf(rule.id) })));
      changed(ids);
      return rowsOf(services);
    },
    'rules.test': ({ question, ticket }) => testRule(services, question, ticket),
    'rules.export': () => exportRules(services),
    'rules.import': async ({ text }) => {
      const { added, known, refused } = await importRules(services, text);
      if (added.length > 0) changed(added.map(({ id }) => id));
      return { added: added.length, known, refused };
    },
    'posts.label': async ({ ids, add: given = [], remove = [] }) => {
      const touched = await store.posts.label(ids, { add: given, remove });
      if (touched.length > 0) events.emit('posts.changed', { added: 0 });
      return { changed: touched };
    },
  };
};
