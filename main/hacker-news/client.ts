import { AppError } from '../../preload/contract/errors.ts';
import type { HackerNewsList } from '../../preload/contract/source.ts';
import type { Downloader } from '../net/download-types.ts';
import { type ItemAnswer, readItem } from './item.ts';

/** The most stories one list gives. */
export const MAX_LIST = 500;

const LIST_FILES: Record<HackerNewsList, string> = {
  top: 'topstories',
  best: 'beststories',
  new: 'newstories',
  ask: 'askstories',
  show: 'showstories',
  job: 'jobstories',
};

/** What we ask of Hacker News. Network trouble is thrown as AppError by both. */
export type HackerNews = {
  /** The first 500 different numbers of a list, in its order. Throws HN_LIST when the answer is no list of numbers. */
  list: (list: HackerNewsList, signal?: AbortSignal) => Promise<number[]>;
  /** One item, checked. Throws DOC_MALFORMED when the answer is not JSON. */
  item: (id: number, signal?: AbortSignal) => Promise<ItemAnswer>;
  /** What a user submitted, stories and comments, newest first, at most 20,000; undefined when there is no such user. */
  submitted: (name: string, signal?: AbortSignal) => Promise<number[] | undefined>;
  /** The host that is asked, for pauses it wants. */
  host: () => string;
};

const isId = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) > 0;

/** The first 500 different valid numbers of an answer. Throws HN_LIST. */
export const readList = (answer: unknown): number[] => {
  if (!Array.isArray(answer)) throw new AppError('HN_LIST', 'Hacker News answered something that is not a list.');
  const ids = new Set<number>();
  for (const value of answer) {
    if (isId(value)) ids.add(value);
    if (ids.size === MAX_LIST) break;
  }
  if (ids.size === 0 && answer.length > 0)
    throw new AppError('HN_LIST', 'Hacker News answered a list without any story numbers.');
  return [...ids];
};

/** The most submissions of one user that are looked at. */
const MAX_SUBMITTED = 20_000;
const readSubmitted = (answer: unknown): number[] | undefined => {
  const submitted = typeof answer === 'object' && answer !== null ? (answer as { submitted?: unknown }).submitted : undefined;
  if (answer === null || typeof answer !== 'object') return undefined;
  const ids = Array.isArray(submitted) ? submitted.filter(isId) : [];
  return [...new Set(ids)].sort((a, b) => b - a).slice(0, MAX_SUBMITTED);
};

const parseJson = (bytes: Uint8Array): { ok: true; value: unknown } | { ok: false } => {
  try {
    return { ok: true, value: JSON.parse(new TextDecoder().decode(bytes)) };
  } catch {
    return { ok: false };
  }
};

/** The Hacker News API over `download`. `baseUrl` is the base with its `/v0`; an address the owner set is itself the permission to reach it, local or not. */
export const createHackerNews = (deps: { download: Downloader['download']; baseUrl: () => string }): HackerNews => {
  const get = async (path: string, signal?: AbortSignal): Promise<ReturnType<typeof parseJson>> => {
    const answer = await deps.download({
      url: `${deps.baseUrl().replace(/\/+$/, '')}/${path}.json`,
      purpose: 'hacker-news',
      allowLocalNetwork: true,
      ...(signal ? { signal } : {}),
    });
    return answer.kind === 'body' ? parseJson(answer.bytes) : { ok: false };
  };
  return {
    list: async (list, signal) => {
      const answer = await get(LIST_FILES[list], signal);
      if (!answer.ok) throw new AppError('HN_LIST', 'Hacker News answered something that is not a list.');
      return readList(answer.value);
    },
    item: async (id, signal) => {
      const answer = await get(`item/${id}`, signal);
      if (!answer.ok) throw new AppError('DOC_MALFORMED', 'Hacker News answered something that is not an item.');
      return readItem(id, answer.value);
    },
    submitted: async (name, signal) => {
      const answer = await get(`user/${encodeURIComponent(name)}`, signal);
      return answer.ok ? readSubmitted(answer.value) : undefined;
    },
    host: () => URL.parse(deps.baseUrl())?.host ?? '',
  };
};
