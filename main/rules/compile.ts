import type { Rule, RuleQuestion } from '../../preload/contract/rule.ts';
import { type Ask, toAsk } from './conditions.ts';
import type { Subject } from './subject.ts';

/** What a rule asks, ready to be asked of many posts. */
export type Question = {
  readsBody: boolean;
  fits: (subject: Subject) => boolean;
  /** The answer where it can be had without the full text; undefined where it cannot. */
  early: (subject: Subject) => boolean | undefined;
  asks: readonly Ask[];
};
export type ReadyRule = { rule: Rule; question: Question };

/** Makes a question ready. Throws IPC_INVALID with the field `conditions.<n>.value` for a pattern that cannot be read. */
export const toQuestion = async ({ match, conditions }: RuleQuestion): Promise<Question> => {
  const asks = await Promise.all(conditions.map((condition, at) => toAsk(condition, `conditions.${at}.value`)));
  const quick = asks.filter(({ readsBody }) => !readsBody);
  const slow = asks.filter(({ readsBody }) => readsBody);
  // All: one that does not fit decides. Any: one that fits does.
  const decides = match === 'any';
  const isDecided = (some: readonly Ask[], subject: Subject): boolean => some.some(({ fits }) => fits(subject) === decides);
  return {
    readsBody: slow.length > 0,
    fits: (subject) => (isDecided(quick, subject) || isDecided(slow, subject)) === decides,
    early: (subject) => {
      if (isDecided(quick, subject)) return decides;
      return slow.length === 0 ? !decides : undefined;
    },
    asks,
  };
};

/** The rules that are on, ready. One that cannot be read, written by hand perhaps, is left out and told of. */
export const toReadyRules = async (rules: readonly Rule[], onBad: (rule: Rule, error: unknown) => void): Promise<ReadyRule[]> => {
  const ready: ReadyRule[] = [];
  for (const rule of rules) {
    if (!rule.enabled) continue;
    try {
      ready.push({ rule, question: await toQuestion(rule) });
    } catch (error) {
      onBad(rule, error);
    }
  }
  return ready;
};
