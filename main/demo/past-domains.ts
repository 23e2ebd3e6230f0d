import type { DomainFacts, Store } from '../store/repositories.ts';
import { chance, DAY, DAYS, HOUR, instant, MINUTE } from './past-times.ts';
import type { DemoServer } from './server.ts';
import { DEMO_FEEDS, DEMO_STORIES, type DemoFeed } from './world.ts';

/** Sites that are left to be looked at, so that there is something to process. One of them is slow. */
const PENDING = new Set(['tin-roof', 'harbour-radio', 'kawa-no-ishi', 'quiet-compiler']);

const hostOf = (url: string | undefined): string => URL.parse(url ?? '')?.hostname ?? '';
const inWords = (host: string): string => {
  const name = host.replace('.example', '').replaceAll('-', ' ');
  return `${name.charAt(0).toUpperCase()}${name.slice(1)}`;
};

type PastDomain = { id: string; facts: DomainFacts; problem?: 'HTTP_5XX' | 'HTTP_GONE' };

const siteOf = (feed: DemoFeed, base: string): PastDomain => ({
  id: hostOf(base),
  facts: {
    title: feed.title,
    description: feed.about,
    faviconUrl: `${base}/icon.svg`,
    language: feed.language,
    feeds: [{ url: `${base}/feed`, title: feed.title }],
  },
  ...(feed.mood === 'failing' ? { problem: 'HTTP_5XX' as const } : {}),
});
/** Sites that only stories link to. They exist nowhere: all were looked at in the past, so that nobody asks for them now. */
const strangerOf = (id: string, index: number): PastDomain => {
  const feeds = [
    { url: `https://${id}/feed.xml`, title: 'All posts' },
    { url: `https://${id}/notes.xml`, title: 'Notes only' },
  ];
  const facts = { title: inWords(id), description: `The home of ${inWords(id).toLowerCase()}.`, language: 'en' };
  return {
    id,
    facts: { ...facts, feeds: feeds.slice(0, index % 3) },
    ...(index % 9 === 4 ? { problem: 'HTTP_GONE' as const } : {}),
  };
};

const PROBLEMS = { HTTP_5XX: 'The server answered 503.', HTTP_GONE: 'The server answered 410.' };

const writePast = async (store: Store, { id, facts, problem }: PastDomain, index: number, now: number): Promise<void> => {
  const startedAt = now - 26 * HOUR + index * 33 * MINUTE;
  const ms = Math.round(180 + 1_900 * chance(index) ** 2);
  const endedAt = instant(startedAt + ms);
  await store.domains.start(id, { runId: 'demo', startedAt: instant(startedAt) });
  if (!problem) await store.domains.complete(id, { endedAt, ms, facts });
  else {
    const notBefore = problem === 'HTTP_5XX' ? { notBefore: instant(now + 40 * MINUTE) } : {};
    await store.domains.fail(id, { endedAt, ms, errorCode: problem, errorMessage: PROBLEMS[problem], ...notBefore });
  }
};

/** Tells of each site the demo's posts link to how it was looked at; some still wait, and one failed. */
export const seedDomains = async (store: Store, server: DemoServer): Promise<void> => {
  const now = server.bornAt;
  const waiting = new Set([...PENDING].map((key) => hostOf(server.baseOf(key))));
  const sites = DEMO_FEEDS.map((feed) => siteOf(feed, server.baseOf(feed.key)));
  const known = new Set(sites.map(({ id }) => id));
  const stories = DEMO_STORIES.map(({ url }) => hostOf(url));
  const strangers = [...new Set([...stories, ...store.domains.all().map(({ id }) => id)])].filter((id) => id && !known.has(id));
  const past = [...sites.filter(({ id }) => !waiting.has(id)), ...strangers.map(strangerOf)];
  await store.domains.addNew(past, instant(now - DAYS * DAY));
  await Promise.all(past.map((domain, index) => writePast(store, domain, index, now)));
};
