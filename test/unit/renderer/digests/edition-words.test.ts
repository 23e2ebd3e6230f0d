import { expect, test } from 'vitest';
import type { EditionRow } from '../../../../preload/contract/digest.ts';
import type { Run } from '../../../../preload/contract/run.ts';
import { newSection } from '../../../../renderer/digests/digest-draft.ts';
import { leftOf, standOf } from '../../../../renderer/digests/edition-words.ts';
import { moved, sectionName, sectionSummary } from '../../../../renderer/digests/section-words.ts';
import { toCards } from '../../../../renderer/digests/step-cards.tsx';

const edition = (part: Partial<EditionRow>): EditionRow => ({
  id: 'e1',
  scheduleId: 's1',
  number: 212,
  madeAt: '2026-10-14T04:30:00.000Z',
  at: '2026-10-14T04:30:00.000Z',
  subject: 'Morning desk',
  items: 14,
  runId: 'r1',
  deliveries: {},
  ...part,
});
const sentence = (part: Partial<EditionRow>): string => standOf(edition(part)).sentence;

test('an edition says how it stands exactly as the design writes it', () => {
  expect(sentence({ deliveries: { sent: 12 } })).toBe('Sent once, to 12 of 12');
  expect(sentence({ deliveries: { sent: 11, 'in-doubt': 1 } })).toBe('In doubt: 1 of 12 unclear');
  expect(sentence({ items: 0 })).toBe('Nothing new, so no mail');
});

test('what needs the owner is said before what went well', () => {
  expect(sentence({ deliveries: { sent: 9, deferred: 2, planned: 1 } })).toBe('3 of 12 still to go');
  expect(sentence({ deliveries: { sent: 11, rejected: 1 } })).toBe('1 of 12 refused');
  expect(sentence({ deliveries: { sent: 10, rejected: 1, 'in-doubt': 1 } })).toBe('In doubt: 1 of 12 unclear');
  expect(sentence({ deliveries: { sent: 11, withdrawn: 1 } })).toBe('Sent once, to 11 of 11');
  expect(sentence({ deliveries: {} })).toBe('Made, not sent');
  expect(sentence({ deliveries: { sent: 1 }, isTest: true })).toBe('A test');
  expect(leftOf(edition({ deliveries: { sent: 9, deferred: 2, planned: 1 } }))).toBe(3);
});

test('a section is named by its title, else by where its posts come from, and says what it takes', () => {
  const titles = new Map([['a', 'Vessel Point Gazette']]);
  const section = newSection();
  expect(sectionName({ ...section, title: ' Best ' }, titles)).toBe('Best');
  expect(sectionName({ ...section, kind: 'folder', folder: ['Weather', 'Sea'] }, titles)).toBe('Weather / Sea');
  expect(sectionName({ ...section, kind: 'sources', ids: ['a'] }, titles)).toBe('Vessel Point Gazette');
  expect(sectionName({ ...section, kind: 'sources', ids: ['a', 'b'] }, titles)).toBe('2 sources');
  expect(sectionSummary({ ...section, minScore: '100', maxItems: '8' })).toBe('100 points or more, 8 at most');
  expect(sectionSummary({ ...section, kind: 'starred', maxItems: '' })).toBe('Since the last edition');
});

test('a section moves one place and never out of the list', () => {
  const [a, b, c] = [newSection(), newSection(), newSection()];
  const keys = (list: { key: number }[]) => list.map(({ key }) => key);
  expect(keys(moved([a, b, c], c.key, -1))).toEqual(keys([a, c, b]));
  expect(keys(moved([a, b, c], a.key, -1))).toEqual(keys([a, b, c]));
  expect(keys(moved([a, b, c], c.key, 1))).toEqual(keys([a, b, c]));
});

const at = (seconds: number): string => new Date(Date.UTC(2026, 9, 14, 4, 30, seconds)).toISOString();
const run = (part: Partial<Run>): Run =>
  ({
    id: 'r1',
    jobKind: 'send-digest',
    name: 'Morning desk',
    cause: 'schedule',
    queuedAt: at(0),
    startedAt: at(0),
    endedAt: at(9),
    counts: {},
    log: [],
    status: 'completed',
    ...part,
  }) as Run;

test('D-12: a run of a digest is three cards, each with its own result, time and trouble', () => {
  const cards = toCards(
    run({
      steps: [
        {
          name: 'Scrape',
          startedAt: at(0),
          endedAt: at(4),
          result: '31 new posts from 12 sources.',
          counts: { items_scraped: 31 },
        },
        { name: 'Generate', startedAt: at(4), endedAt: at(5), result: 'Edition 212 has 14 posts.' },
        { name: 'Send', startedAt: at(5), endedAt: at(9), error: 'The server did not answer.' },
      ],
    } as Partial<Run>),
  );
  expect(cards.map(({ action, glyph, tookMs }) => [action, glyph, tookMs])).toEqual([
    ['scrape', 'completed', 4000],
    ['generate', 'completed', 1000],
    ['send', 'failed', 4000],
  ]);
  expect(cards[0]?.counts).toEqual([['items_scraped', 31]]);
  expect(cards[2]?.error).toBe('The server did not answer.');
});

test('a step that is left out says so, and one that is to come waits', () => {
  const steps = [{ name: 'Generate', startedAt: at(0), endedAt: at(1), result: 'Edition 3 has 4 posts.' }];
  expect(toCards(run({ steps } as Partial<Run>)).map(({ glyph }) => glyph)).toEqual(['skipped', 'completed', 'skipped']);
  const going = run({ status: 'running', steps: [{ name: 'Scrape', startedAt: at(0) }] } as Partial<Run>);
  expect(toCards(going).map(({ glyph }) => glyph)).toEqual(['running', 'queued', 'queued']);
});
