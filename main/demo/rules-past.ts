import type { Rule } from '../../preload/contract/rule.ts';
import { toInstant } from '../lib/clock.ts';
import type { MarkChange } from '../lib/marks.ts';
import type { Store } from '../store/repositories.ts';

const DAY_MS = 86_400_000;

type Past = { rule: Omit<Rule, 'order' | 'addedAt'>; fits: (title: string) => boolean; change: MarkChange };

const rules = (now: number): Past[] => [
  {
    rule: {
      id: 'demo-patches',
      name: 'Patch releases',
      enabled: true,
      match: 'all',
      conditions: [
        { field: 'source', operator: 'is', value: 'demo-halyard' },
        { field: 'title', operator: 'matches', value: '^release \\d+\\.\\d+\\.\\d' },
      ],
      actions: { mute: { until: toInstant(now + 6 * DAY_MS) } },
    },
    fits: (title) => /^Release \d+\.\d+\.\d/.test(title),
    change: { mutedBy: ['demo-patches'] },
  },
  {
    rule: {
      id: 'demo-harbour',
      name: 'Harbour',
      enabled: true,
      match: 'any',
      conditions: [
        { field: 'text', operator: 'contains', value: 'harbour' },
        { field: 'title', operator: 'contains', value: 'tide*' },
      ],
      actions: { labels: ['Harbour'], notify: true },
    },
    fits: (title) => /harbour|tide|ferry|pilot/i.test(title),
    change: { labels: ['Harbour'] },
  },
  {
    rule: {
      id: 'demo-fsync',
      name: 'fsync',
      enabled: true,
      match: 'any',
      conditions: [
        { field: 'text', operator: 'contains', value: 'fsync' },
        { field: 'title', operator: 'contains', value: 'power cut' },
      ],
      actions: { highlight: true, labels: ['To test'], star: true },
    },
    fits: (title) => /fsync|power cut/i.test(title),
    change: { isHighlighted: true, labels: ['To test'] },
  },
  {
    rule: {
      id: 'demo-hiring',
      name: 'Hiring',
      enabled: false,
      match: 'any',
      conditions: [{ field: 'type', operator: 'is', value: 'job' }],
      actions: { markRead: true },
    },
    fits: () => false,
    change: {},
  },
];

/** Rules of the demo's owner, and what they did to the posts of the past month. */
export const seedRules = async (store: Store, now: number): Promise<void> => {
  const past = rules(now);
  await store.rules.put(past.map(({ rule }, order) => ({ ...rule, order, addedAt: toInstant(now - 20 * DAY_MS) })));
  const changes: { id: string; change: MarkChange }[] = [];
  for await (const slice of store.posts.slices())
    for (const { id, title } of slice) for (const { fits, change } of past) if (fits(title)) changes.push({ id, change });
  await store.posts.applyMarks(changes);
};
