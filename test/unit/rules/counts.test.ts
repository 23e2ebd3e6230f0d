import fc from 'fast-check';
import { afterEach, expect, test } from 'vitest';
import { createJudge } from '../../../main/rules/judge.ts';
import type { Store } from '../../../main/store/repositories.ts';
import type { Rule } from '../../../preload/contract/rule.ts';
import { createMemoryFs } from '../../helpers/memory-fs.ts';
import { createStoreClock, draft, feedSource, listContext, openTestStore, START_MS } from '../../helpers/store-kit.ts';

/*
 * Random posts, rules, expiries and marks against the plainest model there is: what is shown is what no rule hides that is there, is
 * on, and whose time is not over.
 */

const HOUR = 3_600_000;
const WORDS = ['tide', 'rust', 'moss', 'lamp'];
const SOURCES = ['one', 'two'];

type Op =
  | { kind: 'save'; source: string; words: string[] }
  | { kind: 'edit'; at: number; word: string }
  | { kind: 'mark'; at: number; isRead?: boolean; isStarred?: boolean }
  | { kind: 'rule'; word: string; hours: number | undefined; alsoReads: boolean }
  | { kind: 'switch'; at: number }
  | { kind: 'remove'; at: number }
  | { kind: 'pass'; hours: number };

const word = fc.constantFrom(...WORDS);
const place = fc.nat(40);
const op: fc.Arbitrary<Op> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('save' as const),
      source: fc.constantFrom(...SOURCES),
      words: fc.array(word, { minLength: 1, maxLength: 4 }),
    }),
  },
  fc.record({ kind: fc.constant('edit' as const), at: place, word }),
  fc.record({ kind: fc.constant('mark' as const), at: place, isRead: fc.boolean() }),
  fc.record({ kind: fc.constant('mark' as const), at: place, isStarred: fc.boolean() }),
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('rule' as const),
      word,
      hours: fc.option(fc.integer({ min: 1, max: 5 }), { nil: undefined }),
      alsoReads: fc.boolean(),
    }),
  },
  fc.record({ kind: fc.constant('switch' as const), at: place }),
  fc.record({ kind: fc.constant('remove' as const), at: place }),
  fc.record({ kind: fc.constant('pass' as const), hours: fc.integer({ min: 1, max: 3 }) }),
);

type ModelPost = { key: string; source: string; title: string; isRead: boolean; isStarred: boolean; mutedBy: Set<string> };
type Model = { posts: ModelPost[]; rules: Rule[]; now: number };

const isMuting = (rule: Rule, now: number): boolean =>
  rule.enabled && rule.actions.mute !== undefined && !(rule.actions.mute.until && Date.parse(rule.actions.mute.until) <= now);
const isShown = ({ rules, now }: Model, post: ModelPost): boolean =>
  ![...post.mutedBy].some((id) => rules.some((rule) => rule.id === id && isMuting(rule, now)));
const wordOf = (rule: Rule): string => (rule.conditions[0] as { value: string }).value;
const fits = (rule: Rule, title: string): boolean => rule.enabled && title.split(' ').includes(wordOf(rule));

const arrive = (model: Model, post: ModelPost, before: string | undefined): void => {
  for (const rule of model.rules) {
    if (!fits(rule, post.title)) {
      if (rule.enabled && before !== undefined) post.mutedBy.delete(rule.id);
      continue;
    }
    if (before !== undefined && fits(rule, before)) continue;
    if (isMuting(rule, model.now)) post.mutedBy.add(rule.id);
    if (rule.actions.markRead) post.isRead = true;
  }
};

const naive = (model: Model) => {
  const shown = model.posts.filter((post) => isShown(model, post));
  const unread = (posts: ModelPost[]): number => posts.filter((post) => !post.isRead).length;
  return {
    all: shown.length,
    unread: unread(shown),
    starred: shown.filter((post) => post.isStarred).length,
    muted: model.posts.length - shown.length,
    bySource: Object.fromEntries(
      SOURCES.map((source) => [source, unread(shown.filter((post) => post.source === source))] as const).filter(
        ([, count]) => count > 0,
      ),
    ),
  };
};

const told = async (store: Store, now: number) => {
  store.rules.lookAtMutes();
  const context = listContext({ now });
  const { all, unread, starred, muted = 0, bySource } = store.posts.counts(context);
  const total = async (query: Parameters<Store['posts']['list']>[0]): Promise<number> =>
    (await store.posts.list(query, context)).total;
  expect(await total({ view: 'all' })).toBe(all);
  expect(await total({ view: 'unread' })).toBe(unread);
  expect(await total({ view: 'starred' })).toBe(starred);
  expect(await total({ view: 'muted' })).toBe(muted);
  expect(SOURCES.reduce((sum, id) => sum + store.posts.unreadBySource(id), 0)).toBe(unread);
  expect(SOURCES.reduce((sum, id) => sum + store.posts.storedBySource(id), 0)).toBe(all + muted);
  return { all, unread, starred, muted, bySource };
};

const closings: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closings.splice(0)) await close();
});

const run = async (ops: readonly Op[]): Promise<void> => {
  const fs = createMemoryFs();
  const dir = '/tidings-counts';
  const { clock, advance } = createStoreClock();
  const store = await openTestStore({ dir, fs, clock });
  closings.push(store.close);
  await store.sources.put(SOURCES.map(feedSource));
  store.posts.judgeBy(
    createJudge({ rules: store.rules.all, folderOf: () => [], now: clock.now, onNotice: () => {}, onBad: () => {} }),
  );
  const model: Model = { posts: [], rules: [], now: START_MS };
  let made = 0;
  const pick = <Row>(rows: readonly Row[], at: number): Row | undefined => rows[at % Math.max(1, rows.length)];
  const idOf = async (post: ModelPost): Promise<string> => {
    for await (const slice of store.posts.slices()) {
      const found = slice.find(({ fingerprint }) => fingerprint === `guid-${post.key}`);
      if (found) return found.id;
    }
    throw new Error('A post is lost.');
  };
  const save = async (post: ModelPost): Promise<void> => {
    const fields = { title: post.title, secondKey: `second-${post.key}-${post.title}` };
    await store.posts.save(post.source, [draft(post.key, fields)], { now: new Date(model.now).toISOString() });
  };
  const acts: { [Kind in Op['kind']]: (op: Extract<Op, { kind: Kind }>) => Promise<void> } = {
    save: async ({ source, words }) => {
      for (const each of words) {
        const post = {
          key: `k${model.posts.length}`,
          source,
          title: `${each} and more`,
          isRead: false,
          isStarred: false,
          mutedBy: new Set<string>(),
        };
        model.posts.push(post);
        arrive(model, post, undefined);
        await save(post);
      }
    },
    edit: async ({ at, word: next }) => {
      const post = pick(model.posts, at);
      if (!post) return;
      const before = post.title;
      post.title = `${next} and more`;
      if (before !== post.title) arrive(model, post, before);
      await save(post);
    },
    mark: async ({ at, isRead, isStarred }) => {
      const post = pick(model.posts, at);
      if (!post) return;
      if (isRead !== undefined) post.isRead = isRead;
      if (isStarred !== undefined) post.isStarred = isStarred;
      await store.posts.mark([await idOf(post)], { ...(isRead === undefined ? { isStarred: isStarred === true } : { isRead }) });
    },
    rule: async ({ word: value, hours, alsoReads }) => {
      const until = hours === undefined ? {} : { until: new Date(model.now + hours * HOUR).toISOString() };
      made += 1;
      const next: Rule = {
        id: `rule-${made}`,
        name: value,
        enabled: true,
        order: made,
        match: 'all',
        conditions: [{ field: 'title', operator: 'contains', value }],
        actions: { mute: until, ...(alsoReads ? { markRead: true } : {}) },
        addedAt: new Date(model.now).toISOString(),
      };
      model.rules.push(next);
      await store.rules.put([next]);
    },
    switch: async ({ at }) => {
      const found = pick(model.rules, at);
      if (!found) return;
      const turned = { ...found, enabled: !found.enabled };
      model.rules[model.rules.indexOf(found)] = turned;
      await store.rules.put([turned]);
    },
    remove: async ({ at }) => {
      const found = pick(model.rules, at);
      if (!found) return;
      model.rules.splice(model.rules.indexOf(found), 1);
      await store.rules.remove(found.id);
    },
    pass: async ({ hours }) => {
      model.now += hours * HOUR;
      await advance(hours * HOUR);
    },
  };
  for (const each of ops) {
    await (acts[each.kind] as (op: Op) => Promise<void>)(each);
    expect(await told(store, model.now), JSON.stringify(each)).toEqual(naive(model));
  }
  // All of it is on the disk: a start finds the same numbers, whatever ended meanwhile.
  await store.close();
  const again = await openTestStore({ dir, fs, clock });
  await again.loaded;
  expect(await told(again, model.now)).toEqual(naive(model));
  await again.close();
};

test('the counts are those of a naive model at every moment: posts, rules, expiry, marks and a start', {
  timeout: 60_000,
}, async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(op, { minLength: 5, maxLength: 25 }), async (ops) => {
      await run(ops);
      for (const close of closings.splice(0)) await close();
    }),
    { numRuns: 60, seed: 20_261_122 },
  );
});
