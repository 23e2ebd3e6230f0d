import { expect, test } from 'vitest';
import { DIGEST_ACTIONS, DIGEST_JOB, type DigestOptions, digestOptionsSchema } from '../../../../preload/contract/digest.ts';
import { newScheduleSchema, type Schedule, type Trigger } from '../../../../preload/contract/schedule.ts';
import {
  asSaved,
  type DigestDraft,
  draftOf,
  draftOfTemplate,
  EMPTY_OPTIONS,
  DIGEST_ACTIONS as formActions,
  DIGEST_JOB as formJob,
  newDraft,
  newSection,
  readDraft,
  readOptions,
} from '../../../../renderer/digests/digest-draft.ts';

const rule = { name: 'Morning desk', timeZone: 'Europe/Vienna', missed: 'ask' as Schedule['missed'] };
const daily: Trigger = { type: 'daily', time: '08:00' };
const whole: DigestOptions = {
  ...EMPTY_OPTIONS,
  sections: [
    { title: 'Best', from: { kind: 'hacker-news' }, minScore: 100, maxItems: 8 },
    { from: { kind: 'folder', folder: ['Weather', 'Sea'] }, maxItems: 5 },
    { from: { kind: 'sources', ids: ['demo-a', 'demo-b'] } },
    { from: { kind: 'starred' } },
  ],
  maxPerDomain: null,
  tone: 'magazine',
  testMode: true,
  testTo: 'ines@harrow.example',
  sinks: { mail: false, eml: true, html: true, feed: true, webhook: 'https://hooks.example/in' },
};
const saved = (draft: DigestDraft) => {
  const read = readDraft(draft);
  if ('field' in read) throw new Error(read.message);
  return read.schedule;
};
const wrongField = (part: Partial<DigestDraft>): string | undefined => {
  const read = readDraft({ ...newDraft('UTC'), name: 'Desk', ...part });
  return 'field' in read ? read.field : undefined;
};

test('an empty form says what the contract says where nothing is said', () => {
  expect(EMPTY_OPTIONS).toEqual(digestOptionsSchema.parse({}));
  expect([formJob, formActions]).toEqual([DIGEST_JOB, DIGEST_ACTIONS]);
});

test('a digest comes out of the editor as it went in', () => {
  const read = saved(draftOf({ ...rule, trigger: daily }, whole));
  expect(read.options).toEqual(whole);
  expect(newScheduleSchema.safeParse(read).success).toBe(true);
  expect(digestOptionsSchema.parse(read.options)).toEqual(whole);
});

test('D-2: every kind of time goes through the editor of a digest and comes back the same', () => {
  const triggers: Trigger[] = [
    { type: 'interval', minutes: 90 },
    daily,
    { type: 'weekly', days: ['mon', 'fri'], time: '10:00' },
    { type: 'monthly', day: 31, time: '04:00' },
    { type: 'cron', expression: '30 6 * * 1-5' },
  ];
  for (const trigger of triggers) {
    const read = saved(draftOf({ ...rule, trigger }, EMPTY_OPTIONS));
    expect(JSON.parse(JSON.stringify(read.trigger))).toEqual(trigger);
    expect(read.timeZone).toBe('Europe/Vienna');
  }
});

test('what becomes of a late edition is one of four rules, and a rule made elsewhere stays', () => {
  const late = (missed: Schedule['missed'], graceMinutes?: number) => {
    const draft = draftOf({ ...rule, trigger: daily, missed, ...(graceMinutes ? { graceMinutes } : {}) }, EMPTY_OPTIONS);
    const read = saved(draft);
    return [draft.late, read.missed, read.graceMinutes];
  };
  expect(late('ask')).toEqual(['ask', 'ask', null]);
  expect(late('run-once', 120)).toEqual(['two', 'run-once', 120]);
  expect(late('run-once')).toEqual(['any', 'run-once', null]);
  expect(late('skip')).toEqual(['none', 'skip', null]);
  expect(late('run-once', 45)).toEqual(['own', undefined, undefined]);
});

test('a template fills what it says and leaves the rest as an empty form has it', () => {
  const draft = draftOfTemplate(
    {
      name: 'Weekly roundup',
      jobKind: DIGEST_JOB,
      trigger: { type: 'weekly', days: ['mon'], time: '10:00' },
      timeZone: 'UTC',
      options: { maxItems: 20, daysBack: 7 },
    },
    'Europe/Vienna',
  );
  expect(saved(draft).options).toEqual({ ...EMPTY_OPTIONS, maxItems: 20, daysBack: 7 });
  expect([draft.timeZone, draft.late]).toEqual(['UTC', 'ask']);
});

test('D-5: the steps keep their order, and what is sent has to be made first', () => {
  const draft = newDraft('UTC');
  const read = readOptions({ ...draft, actions: ['generate', 'scrape'] });
  expect('options' in read && read.options.actions).toEqual(['scrape', 'generate']);
  expect(wrongField({ actions: ['send'] })).toBe('actions');
  expect(wrongField({ actions: [] })).toBe('actions');
});

test('D-17: what cannot be is said at its field, and nothing is read out of it', () => {
  const [section = newSection()] = [newSection()];
  const at = (name: string) => `section.${section.key}.${name}`;
  expect(wrongField({ name: '  ' })).toBe('name');
  expect(wrongField({ trigger: { ...newDraft('UTC').trigger, type: 'cron', expression: ' ' } })).toBe('trigger.expression');
  expect(wrongField({ maxItems: '0' })).toBe('maxItems');
  expect(wrongField({ maxItems: '201' })).toBe('maxItems');
  expect(wrongField({ daysBack: 'two' })).toBe('daysBack');
  expect(wrongField({ maxPerDomain: '-1' })).toBe('maxPerDomain');
  expect(wrongField({ webhook: 'javascript:alert(1)' })).toBe('webhook');
  expect(wrongField({ sections: [] })).toBe('sections');
  expect(wrongField({ sections: [{ ...section, kind: 'folder', folder: [] }] })).toBe(at('folder'));
  expect(wrongField({ sections: [{ ...section, kind: 'sources', ids: [] }] })).toBe(at('ids'));
  expect(wrongField({ sections: [{ ...section, minScore: '1e3' }] })).toBe(at('minScore'));
  expect(wrongField({ sections: [{ ...section, maxItems: '101' }] })).toBe(at('maxItems'));
});

test('the same digest read twice is not called changed', () => {
  const trigger = daily;
  expect(asSaved(draftOf({ ...rule, trigger }, whole))).toBe(asSaved(draftOf({ ...rule, trigger }, whole)));
});
