import type { Rule } from '../../preload/contract/rule.ts';
import type { Collection } from './collection.ts';
import type { MutesKeeper } from './mutes.ts';
import type { RulesRepository } from './repositories.ts';
import type { Shape } from './rows.ts';

export const rulesShape: Shape<Rule> = { name: 'rules', keyOf: (row) => row.id, migrations: [(row) => row] };

/** The rules, in the order they are asked. */
export const createRules = (rows: Collection<Rule>, mutes: MutesKeeper): RulesRepository => {
  const sorted = (): Rule[] => rows.all().sort((one, other) => one.order - other.order);
  let all = sorted();
  const listeners: (() => void)[] = [];
  mutes.set(all);
  rows.onChange(() => {
    all = sorted();
    mutes.set(all);
    for (const listener of listeners) listener();
  });
  return {
    all: () => all,
    get: rows.get,
    put: (rules) => rows.put(rules),
    remove: async (id) => (await rows.remove([id])) > 0,
    onChange: (listener) => {
      listeners.push(listener);
    },
    lookAtMutes: mutes.look,
    nextMuteEnd: mutes.nextEnd,
    onMutes: (listener) => mutes.onChange(listener),
  };
};
