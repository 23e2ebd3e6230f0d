import { describe, expect, test } from 'vitest';
import { addMarks, takeMarks } from '../../../main/lib/marks.ts';
import type { Condition } from '../../../preload/contract/rule.ts';
import { judged, judgeOf, NOW, post, rule } from './rule-kit.ts';

const has = (value: string): Condition => ({ field: 'title', operator: 'contains', value });
const HOUR = 3_600_000;

describe('rules that judge a post', () => {
  test('do all that the fitting ones want, in one change', async () => {
    const rules = [
      rule([has('rust')], { markRead: true, labels: ['Rust'] }, { id: 'one' }),
      rule([has('out')], { star: true, highlight: true, mute: {} }, { id: 'two' }),
      rule([has('zig')], { labels: ['Zig'] }),
    ];
    expect(await judged(rules, post())).toEqual({
      isRead: true,
      isStarred: true,
      isHighlighted: true,
      labels: ['Rust'],
      mutedBy: ['two'],
    });
  });

  test('go by all conditions or by any', async () => {
    const both = [has('rust'), has('zig')];
    expect(await judged([rule(both, { star: true })], post())).toBeUndefined();
    expect(await judged([rule(both, { star: true }, { match: 'any' })], post())).toEqual({ isStarred: true });
  });

  test('see labels that rules before gave, and stop where one says so', async () => {
    const label = rule([has('rust')], { labels: ['Later'] });
    const byLabel = rule([{ field: 'label', operator: 'is', value: 'later' }], { star: true, stop: true });
    const after = rule([has('rust')], { markRead: true });
    expect(await judged([label, byLabel, after], post())).toEqual({ labels: ['Later'], isStarred: true });
    expect(await judged([byLabel, label, after], post())).toEqual({ labels: ['Later'], isRead: true });
  });

  test('leave out rules that are off, mutes that are over, and a rule whose pattern cannot be read', async () => {
    const over = rule([has('rust')], { mute: { until: new Date(NOW).toISOString() } });
    const off = rule([has('rust')], { star: true }, { enabled: false });
    const broken = rule([{ field: 'title', operator: 'matches', value: '(' }], { star: true }, { id: 'broken' });
    const { judge, bad } = judgeOf([over, off, broken]);
    await judge.ready();
    expect(judge.arrived({ post: post(), html: undefined }, undefined)).toBeUndefined();
    expect(bad).toEqual(['broken']);
    const early = rule([has('rust')], { mute: { until: new Date(NOW + HOUR).toISOString() } }, { id: 'early' });
    expect(await judged([early], post())).toEqual({ mutedBy: ['early'] });
  });

  test('act on a post that changed only where it did not fit before: what the owner took back stays so', async () => {
    const { judge } = judgeOf([
      rule([has('rust')], { star: true, markRead: true }),
      rule([{ field: 'score', operator: 'at-least', value: 100 }], { highlight: true }),
    ]);
    await judge.ready();
    const hn = { id: 1, score: 90, commentCount: 0, type: 'story' as const, isDead: false };
    const before = post({ hn });
    const after = post({ hn: { ...hn, score: 101 }, title: 'Rust 1.92 is out, again' });
    const change = judge.changed({ post: before, html: undefined }, { post: after, html: undefined }, 'run');
    expect(change).toEqual({ isHighlighted: true });
  });

  test('show a post again that no longer fits the rule that muted it, and no other', async () => {
    const { judge } = judgeOf([rule([has('rust')], { mute: {} }, { id: 'mute' })]);
    await judge.ready();
    const before = post({ mutedBy: ['mute', 'removed-rule'] });
    const after = { ...before, title: 'Zig is out' };
    const change = judge.changed({ post: before, html: undefined }, { post: after, html: undefined }, 'run');
    expect(change).toEqual({ unmutedBy: ['mute'] });
    expect(addMarks(after, change ?? {}).mutedBy).toEqual(['removed-rule']);
  });

  test('tell of what comes, not of what is hidden or was found among old posts', async () => {
    const tell = rule([has('rust')], { notify: true }, { id: 'tell' });
    const first = judgeOf([tell]);
    await first.judge.ready();
    first.judge.arrived({ post: post(), html: undefined }, 'run');
    first.judge.arrived({ post: post({ isBackfilled: true }), html: undefined }, 'run');
    expect(first.noticed).toEqual([['tell', 'p1', 'run']]);
    const second = judgeOf([tell, rule([has('out')], { mute: {} })]);
    await second.judge.ready();
    second.judge.arrived({ post: post(), html: undefined }, 'run');
    expect(second.noticed).toEqual([]);
  });

  test('judge 1,000 posts by 200 rules in under 200 ms', async () => {
    const rules = Array.from({ length: 200 }, (_, at) =>
      rule(
        [
          { field: 'title', operator: 'contains', value: `word${at}` },
          { field: 'summary', operator: 'contains', value: `phrase ${at}` },
        ],
        { star: true },
        { match: 'any' },
      ),
    );
    const { judge } = judgeOf(rules);
    await judge.ready();
    const posts = Array.from({ length: 1000 }, (_, at) =>
      post({
        id: `p${at}`,
        title: `Something about word${at % 300} and more`,
        summary: `A long line with phrase ${at}. `.repeat(12),
      }),
    );
    const run = (): number => {
      const started = performance.now();
      for (const arrival of posts) judge.arrived({ post: arrival, html: undefined }, 'run');
      return performance.now() - started;
    };
    const best = Math.min(run(), run(), run());
    expect(best).toBeLessThan(200);
  });
});

test('taking marks back leaves what was there and what came besides', () => {
  const before = post({ labels: ['Mine'], isStarred: true });
  const change = { isRead: true as const, labels: ['Theirs'], mutedBy: ['r'], isHighlighted: true as const };
  const after = addMarks(before, change);
  expect(after).toMatchObject({ isRead: true, labels: ['Mine', 'Theirs'], mutedBy: ['r'], isHighlighted: true });
  expect(takeMarks({ ...after, labels: [...(after.labels ?? []), 'Later'] }, change)).toEqual({
    ...before,
    labels: ['Mine', 'Later'],
  });
});
