import type { Rule } from '../../preload/contract/rule.ts';

/** Which rules hide posts at this moment. Made before the posts are read, and asked by their table. */
export type Mutes = {
  isMuting: (ruleId: string) => boolean;
  /** Calls back with the rules that began or ceased to hide. */
  onChange: (listener: (ruleIds: readonly string[]) => void) => void;
};
export type MutesKeeper = Mutes & {
  /** The rules are these now. */
  set: (rules: readonly Rule[]) => void;
  /** Looks at the clock: mutes end. Costs nothing until the next one does. */
  look: () => void;
  /** When the next mute ends, milliseconds; Infinity when none does. */
  nextEnd: () => number;
};

/** Nothing is hidden. */
export const noMutes: Mutes = { isMuting: () => false, onChange: () => {} };

const endOf = ({ actions }: Rule): number => (actions.mute?.until ? Date.parse(actions.mute.until) : Number.POSITIVE_INFINITY);

/** Whether a rule hides posts at this moment. */
export const isMutingAt = (rule: Rule, now: number): boolean =>
  rule.enabled && rule.actions.mute !== undefined && now < endOf(rule);

/** Keeps the set of rules that hide, by the clock. */
export const createMutes = (now: () => number): MutesKeeper => {
  let rules: readonly Rule[] = [];
  let muting: ReadonlySet<string> = new Set();
  // What is known holds from one of these instants to the other; the clock may also be set back.
  let from = Number.NEGATIVE_INFINITY;
  let to = Number.POSITIVE_INFINITY;
  const listeners: ((ruleIds: readonly string[]) => void)[] = [];
  const settle = (): void => {
    const at = now();
    const ends = rules.map(endOf);
    from = Math.max(Number.NEGATIVE_INFINITY, ...ends.filter((end) => end <= at));
    to = Math.min(Number.POSITIVE_INFINITY, ...ends.filter((end) => end > at));
    const next = new Set(rules.filter((rule) => isMutingAt(rule, at)).map(({ id }) => id));
    const changed = [...next, ...muting].filter((id) => next.has(id) !== muting.has(id));
    muting = next;
    if (changed.length > 0) for (const listener of listeners) listener(changed);
  };
  return {
    isMuting: (ruleId) => muting.has(ruleId),
    onChange: (listener) => {
      listeners.push(listener);
    },
    set: (next) => {
      rules = next;
      settle();
    },
    look: () => {
      const at = now();
      if (at < from || at >= to) settle();
    },
    nextEnd: () => to,
  };
};
