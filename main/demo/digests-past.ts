import { createHash } from 'node:crypto';
import type { Delivery, DigestOptions, Edition, EditionContent, EditionItem } from '../../preload/contract/digest.ts';
import type { Post } from '../../preload/contract/post.ts';
import type { Recipient } from '../../preload/contract/recipient.ts';
import type { RunStep } from '../../preload/contract/run.ts';
import type { Schedule } from '../../preload/contract/schedule.ts';
import { newId } from '../lib/ids.ts';
import type { Store } from '../store/repositories.ts';
import { DAY, instant, MINUTE } from './past-times.ts';

/** The digest of the demo's owner. */
const ID = 'demo-morning-desk';
const NAME = 'Morning desk';
/** Editions there were, on working days. */
const EDITIONS = 14;
/** How many of them the wire tells of are behind the newest: in doubt, and those that one mailbox refused. */
const IN_DOUBT = 1;
const REFUSED = [5, 6, 7];
const FIRST_NUMBER = 199;
const HOST = 'readers.example';
const PEOPLE = ['ada', 'bruno', 'chioma', 'dara', 'elif', 'farid', 'greta', 'hana', 'ines', 'jorge', 'kaia', 'lovro'];

const OPTIONS: DigestOptions = {
  actions: ['scrape', 'generate', 'send'],
  sections: [
    { title: 'The best of Hacker News', from: { kind: 'hacker-news' }, minScore: 100, maxItems: 8 },
    { from: { kind: 'folder', folder: ['Weather and water'] }, maxItems: 5 },
    { title: 'Starred by you', from: { kind: 'starred' } },
  ],
  maxItems: 20,
  daysBack: 1,
  maxPerDomain: 3,
  allowRepeats: false,
  tone: 'professional',
  sendEmpty: false,
  testMode: false,
  sinks: { mail: true, eml: false, html: false, feed: false },
};
const TITLES = ['The best of Hacker News', 'Weather and water', 'Starred by you'];

const zone = (): string => new Intl.DateTimeFormat().resolvedOptions().timeZone;
const isWorkDay = (at: number): boolean => ![0, 6].includes(new Date(at).getDay());
/** Half past six by the clock of this computer, so many days from now. */
const morning = (now: number, days: number): number => {
  const day = new Date(now);
  day.setDate(day.getDate() + days);
  return day.setHours(6, 30, 0, 0);
};
/** Due instants gone by, newest first. */
const pastMornings = (now: number): number[] =>
  Array.from({ length: 30 }, (_, days) => morning(now, -days))
    .filter((at) => at < now - 5 * MINUTE && isWorkDay(at))
    .slice(0, EDITIONS);
const nextMorning = (now: number): number =>
  Array.from({ length: 8 }, (_, days) => morning(now, days)).find((at) => at > now && isWorkDay(at)) ?? now + DAY;

const hash = (text: string, length: number): string => createHash('sha256').update(text).digest('hex').slice(0, length);
const localDate = (at: number): string => new Date(at - new Date(at).getTimezoneOffset() * MINUTE).toISOString().slice(0, 10);

const itemOf = (store: Store, post: Post, section: number): EditionItem => {
  const sourceTitle = store.sources.get(post.sourceId)?.title ?? '';
  return {
    postId: post.id,
    sourceId: post.sourceId,
    section,
    title: post.title,
    url: post.url,
    domain: post.domain,
    sourceTitle,
    ...(post.author ? { author: post.author } : {}),
    summary: post.summary.slice(0, 300),
    ...(post.publishedAt ? { publishedAt: post.publishedAt } : {}),
    ...(post.hn ? { score: post.hn.score, commentCount: post.hn.commentCount } : {}),
    why: post.hn
      ? `${post.hn.score} points, ${post.hn.commentCount} comments`
      : section === 2
        ? 'Starred'
        : `Among the newest of ${sourceTitle}`,
  };
};

type Choice = { items: EditionItem[]; more: number[]; considered: number };
/** What would have been chosen then; no post twice. */
const choose = (store: Store, posts: readonly Post[], at: number, had: Set<string>): Choice => {
  const recent = posts.filter(({ collectedAt }) => Date.parse(collectedAt) <= at && Date.parse(collectedAt) > at - 3 * DAY);
  const fresh = (post: Post): boolean => !had.has(post.id) && /^https?:/.test(post.url);
  const take = (section: number, most: number, fits: (post: Post) => boolean) => {
    const all = recent.filter((post) => fresh(post) && fits(post));
    const chosen = all.toSorted((a, b) => (b.hn?.score ?? 0) - (a.hn?.score ?? 0)).slice(0, most);
    for (const { id } of chosen) had.add(id);
    return { items: chosen.map((post) => itemOf(store, post, section)), more: all.length - chosen.length };
  };
  const inFolder = ({ sourceId }: Post): boolean => store.sources.get(sourceId)?.folder[0] === 'Weather and water';
  const parts = [take(0, 8, ({ hn }) => (hn?.score ?? 0) >= 100), take(1, 5, inFolder), take(2, 3, ({ isStarred }) => isStarred)];
  return { items: parts.flatMap(({ items }) => items), more: parts.map(({ more }) => more), considered: recent.length };
};

const editionOf = (choice: Choice, at: number, number: number, runId: string): Edition => {
  const key = `${ID} ${localDate(at)}`;
  const content: EditionContent = {
    name: NAME,
    number,
    at: instant(at),
    timeZone: zone(),
    tone: OPTIONS.tone,
    isTest: false,
    sections: TITLES.map((title, section) => ({ title, more: choice.more[section] ?? 0 })),
    items: choice.items,
    more: choice.more.reduce((sum, more) => sum + more, 0),
  };
  return {
    id: `ed${hash(key, 24)}`,
    scheduleId: ID,
    key,
    runId,
    madeAt: instant(at + 4000),
    from: instant(at - DAY),
    to: instant(at),
    considered: choice.considered,
    content,
    subject: `${NAME}: ${choice.items[0]?.title ?? ''}`.slice(0, 160),
    isForSending: true,
    sendBegunAt: instant(at + 5000),
    endedAt: instant(at + 12_000),
  };
};

const peopleOf = (now: number): Recipient[] => {
  const person = (name: string, place: number): Recipient => ({
    id: `demo-reader-${name}`,
    scheduleId: ID,
    address: `${name}@${HOST}`,
    addedAt: instant(now - 40 * DAY + place * MINUTE),
    state: 'active',
    changedAt: instant(now - 40 * DAY + place * MINUTE),
    refusals: 0,
  });
  const refused = {
    state: 'suspended',
    refusals: 3,
    errorCode: 'MAIL_RCPT_REJECTED',
    errorMessage: 'The server said: 550 5.1.1 There is no such mailbox.',
  } as const;
  return [
    ...PEOPLE.map(person),
    { ...person('mirko', 12), ...refused, changedAt: instant(now - 7 * DAY) },
    { ...person('noor', 13), state: 'unsubscribed', changedAt: instant(now - 12 * DAY) },
  ];
};

const deliveriesOf = (edition: Edition, place: number): Delivery[] => {
  const endedAt = Date.parse(edition.endedAt ?? edition.madeAt);
  const row = (name: string, index: number): Delivery => ({
    id: hash(JSON.stringify([edition.id, 'mail', `${name}@${HOST}`]), 40),
    editionId: edition.id,
    sink: 'mail',
    recipientId: `demo-reader-${name}`,
    to: `${name}@${HOST}`,
    state: 'sent',
    attempts: 1,
    changedAt: instant(endedAt - 500 * (PEOPLE.length - index)),
  });
  const rows = PEOPLE.map((name, index): Delivery => {
    const sent = row(name, index);
    if (place !== IN_DOUBT || name !== 'hana') return sent;
    const errorMessage = 'The line broke after the mail was handed over; the server had not answered yet.';
    return { ...sent, state: 'in-doubt', errorCode: 'MAIL_IN_DOUBT', errorMessage };
  });
  if (!REFUSED.includes(place)) return rows;
  const errorMessage = 'The server said: 550 5.1.1 There is no such mailbox.';
  return [...rows, { ...row('mirko', 12), state: 'rejected', errorCode: 'MAIL_RCPT_REJECTED', errorMessage }];
};

const stepsOf = (edition: Edition, place: number, at: number): RunStep[] => {
  const { items } = edition.content;
  const unclear = Number(place === IN_DOUBT);
  const refused = Number(REFUSED.includes(place));
  const scraped = 9 + ((place * 7) % 23);
  const all = PEOPLE.length + refused;
  const counts = { sent: PEOPLE.length - unclear, rejected: refused, deferred: 0, in_doubt: unclear };
  return [
    {
      name: 'Scrape',
      startedAt: instant(at + 10),
      endedAt: instant(at + 3600),
      result: `${scraped} new posts from 12 sources.`,
      counts: { items_scraped: scraped, sources: 12 },
    },
    {
      name: 'Generate',
      startedAt: instant(at + 3600),
      endedAt: instant(at + 4200),
      result: `Edition ${edition.content.number}: ${items.length} posts, of ${edition.considered} looked at.`,
      counts: { items_used: items.length },
      editionId: edition.id,
    },
    {
      name: 'Send',
      startedAt: instant(at + 4200),
      endedAt: instant(at + 12_000),
      result: unclear ? `In doubt: 1 of ${all} unclear.` : `Sent once, to ${PEOPLE.length} of ${all}.`,
      counts,
      editionId: edition.id,
      ...(unclear ? { error: `In doubt: 1 of ${all} unclear.` } : {}),
    },
  ];
};

const writeRun = async (store: Store, edition: Edition, place: number, at: number): Promise<void> => {
  const base = {
    id: edition.runId,
    scheduleId: ID,
    jobKind: 'send-digest',
    name: NAME,
    cause: 'schedule' as const,
    scheduledFor: instant(at),
    queuedAt: instant(at),
    options: OPTIONS,
  };
  const steps = stepsOf(edition, place, at);
  const counts = Object.assign({}, ...steps.map((step) => step.counts)) as Record<string, number>;
  const endedAt = instant(at + 12_000);
  const isUnclear = place === IN_DOUBT;
  const message = steps.at(-1)?.result ?? '';
  const ended = {
    startedAt: instant(at + 10),
    counts,
    steps,
    endedAt,
    log: [{ at: endedAt, level: isUnclear ? ('warn' as const) : ('info' as const), message }],
  };
  await store.runs.put({ ...base, status: 'queued' });
  await store.runs.put({ ...base, status: 'running', startedAt: instant(at + 10), counts: {} });
  await store.runs.put(
    isUnclear
      ? { ...base, ...ended, status: 'failed', errorCode: 'MAIL_IN_DOUBT', errorMessage: message }
      : { ...base, ...ended, status: 'completed' },
  );
};

const scheduleOf = (now: number, runs: number): Schedule => ({
  id: ID,
  name: NAME,
  jobKind: 'send-digest',
  options: OPTIONS,
  trigger: { type: 'weekly', days: ['mon', 'tue', 'wed', 'thu', 'fri'], time: '06:30' },
  timeZone: zone(),
  enabled: true,
  nextDueAt: instant(nextMorning(now)),
  missed: 'run-once',
  graceMinutes: 120,
  jitterSeconds: 0,
  timeoutMinutes: 60,
  retries: 4,
  retryMinutes: 5,
  isBuiltIn: false,
  totals: { runs, completed: runs - 1, failed: 1 },
});

/** A digest with its readers, two weeks of editions, and one delivery that nobody knows of. No account for mail: nothing is sent. */
export const seedDigests = async (store: Store, now: number): Promise<void> => {
  const posts: Post[] = [];
  for await (const slice of store.posts.slices()) posts.push(...slice);
  const mornings = pastMornings(now);
  await store.schedules.put([scheduleOf(now, mornings.length)]);
  await store.recipients.put(peopleOf(now));
  const had = new Set<string>();
  for (const [index, at] of mornings.toReversed().entries()) {
    const place = mornings.length - 1 - index;
    const edition = editionOf(choose(store, posts, at, had), at, FIRST_NUMBER + index, newId(at));
    await store.editions.put(edition);
    await store.deliveries.put(deliveriesOf(edition, place));
    await writeRun(store, edition, place, at);
  }
};
