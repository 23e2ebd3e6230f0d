import { describe, expect, test } from 'vitest';
import { newRuleSchema, type Rule } from '../../../../preload/contract/rule.ts';
import {
  draftFrom,
  draftOf,
  emptyLine,
  isWrong,
  newDraft,
  operatorsOf,
  readActions,
  readQuestion,
  withField,
} from '../../../../renderer/rules/rule-draft.ts';
import { nameFor, ruleWords } from '../../../../renderer/rules/rule-words.ts';

const NOW = Date.parse('2026-11-21T12:00:00.000Z');
const DAY = 86_400_000;
const RULE: Rule = {
  id: 'r1',
  name: 'Rust',
  enabled: true,
  order: 0,
  match: 'any',
  conditions: [
    { field: 'text', operator: 'contains', value: 'rust' },
    { field: 'folder', operator: 'is-not', value: ['Systems', 'Old'] },
    { field: 'score', operator: 'at-least', value: 100 },
    { field: 'enclosure', operator: 'is' },
    { field: 'source', operator: 'is', value: 's1' },
  ],
  actions: { mute: { until: '2026-11-28T12:00:00.000Z' }, labels: ['Later', 'Code'], notify: true, stop: true },
  addedAt: '2026-11-20T12:00:00.000Z',
};

describe('a rule in the form', () => {
  test('comes out as it went in', () => {
    const draft = draftOf(RULE);
    const { id: _id, order: _order, addedAt: _addedAt, enabled: _enabled, name: _name, actions, ...question } = RULE;
    expect(readQuestion(draft)).toEqual(question);
    expect(readActions(draft, NOW)).toEqual(actions);
    expect(newRuleSchema.safeParse({ name: 'Rust', ...question, actions }).success).toBe(true);
  });

  test.each([
    ['day', DAY],
    ['week', 7 * DAY],
    ['month', 30 * DAY],
  ] as const)('mutes for a %s from the moment it is saved', (muteFor, ms) => {
    const actions = readActions({ ...newDraft(), mutes: true, muteFor }, NOW);
    expect(actions).toEqual({ mute: { until: new Date(NOW + ms).toISOString() } });
  });

  test('mutes until a day begins, and only one that is to come', () => {
    const until = (date: string) => readActions({ ...newDraft(), mutes: true, muteFor: 'date', date }, NOW);
    expect(until('2026-12-03')).toEqual({ mute: { until: new Date('2026-12-03T00:00:00').toISOString() } });
    expect(until('2026-11-01')).toMatchObject({ field: 'actions.mute' });
    expect(until('')).toMatchObject({ field: 'actions.mute' });
  });

  test('says which condition is not whole, and that nothing is to be done', () => {
    const line = { ...emptyLine(), value: 'rust' };
    expect(readQuestion({ ...newDraft(), lines: [line, emptyLine()] })).toMatchObject({ field: 'conditions.1.value' });
    expect(readQuestion({ ...newDraft(), lines: [{ ...line, field: 'score', operator: 'at-least' }] })).toMatchObject({
      field: 'conditions.0.value',
    });
    expect(isWrong(readActions(newDraft(), NOW))).toBe(true);
  });

  test('keeps what was written where the new field can use it', () => {
    const line = { ...emptyLine(), operator: 'matches' as const, value: 'rust' };
    expect(withField(line, 'author')).toMatchObject({ field: 'author', operator: 'matches', value: 'rust' });
    expect(withField(line, 'source')).toMatchObject({ operator: 'is', value: '' });
    expect(withField(line, 'type')).toMatchObject({ operator: 'is', value: 'post' });
    expect(operatorsOf('comments')).toEqual(['at-least', 'at-most']);
  });

  test('begins from a post with its words, author, domain and source', () => {
    const long = `${'A long title about the harbour and its tides '.repeat(3)}end`;
    const post = { title: long, author: 'Ines Harrow', domain: 'example.org', sourceId: 's1' };
    const draft = draftFrom(post as never, true);
    expect(draft.mutes).toBe(true);
    expect(draft.lines.map(({ field }) => field)).toEqual(['title', 'author', 'domain', 'source']);
    expect(draft.lines[0]?.value.length).toBeLessThanOrEqual(60);
    expect(draft.lines[0]?.value.endsWith(' ')).toBe(false);
    expect(draftFrom({ title: '', domain: '', sourceId: 's1' } as never, false).lines).toHaveLength(1);
  });
});

test('a rule is said in a sentence, and named after what it looks for first', () => {
  const titles = new Map([['s1', 'Vessel Point Gazette']]);
  const said = ruleWords(RULE, titles, NOW);
  expect(said).toMatch(
    /^When the title or text contains “rust” or the folder is not “Systems \/ Old” or it has at least 100 points/,
  );
  expect(said).toMatch(
    /the source is “Vessel Point Gazette”: hide it until .*, label it Later, Code, tell me, ask no more rules$/,
  );
  expect(ruleWords({ ...RULE, match: 'all', actions: { star: true } }, new Map(), NOW)).toMatch(
    / and .*a source that is gone.*: star it$/,
  );
  expect(nameFor(RULE, titles)).toBe('rust');
});
