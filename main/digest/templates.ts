import { DIGEST_JOB, type DigestOptionsInput, type DigestTemplate } from '../../preload/contract/digest.ts';

const daily = {
  sections: [{ from: { kind: 'all' } }],
  maxItems: 10,
  daysBack: 1,
  tone: 'professional',
} satisfies DigestOptionsInput;

const weekly = {
  sections: [
    { title: 'The week in short', from: { kind: 'all' }, maxItems: 12 },
    { title: 'On Hacker News', from: { kind: 'hacker-news' }, minScore: 100 },
  ],
  maxItems: 20,
  daysBack: 7,
  tone: 'magazine',
} satisfies DigestOptionsInput;

const test = {
  actions: ['generate', 'send'],
  sections: [{ from: { kind: 'all' } }],
  maxItems: 5,
  daysBack: 7,
  tone: 'brief',
  testMode: true,
} satisfies DigestOptionsInput;

/** Digests to begin with. They are data for the editor: nothing of them is saved, due or sent before the owner says so. */
export const DIGEST_TEMPLATES: readonly DigestTemplate[] = [
  {
    id: 'daily',
    title: 'Daily AI digest',
    about: 'Ten of the best posts of the last day, every morning at 08:00 in New York.',
    schedule: {
      name: 'Daily AI digest',
      jobKind: DIGEST_JOB,
      options: daily,
      trigger: { type: 'daily', time: '08:00' },
      timeZone: 'America/New_York',
    },
  },
  {
    id: 'weekly',
    title: 'Weekly roundup',
    about: 'Twenty of the best posts of the week, on Mondays at 10:00 UTC.',
    schedule: {
      name: 'Weekly roundup',
      jobKind: DIGEST_JOB,
      options: weekly,
      trigger: { type: 'weekly', days: ['mon'], time: '10:00' },
      timeZone: 'UTC',
    },
  },
  {
    id: 'test',
    title: 'Test newsletter',
    about: 'A few posts, marked as a test, made when you start it by hand. Nobody gets it but you.',
    schedule: {
      name: 'Test newsletter',
      jobKind: DIGEST_JOB,
      options: test,
      trigger: { type: 'daily', time: '08:00' },
      enabled: false,
    },
  },
];
