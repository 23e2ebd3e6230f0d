import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { ErrorData } from '../../preload/contract/errors.ts';
import type { PostQuery, PostRow } from '../../preload/contract/post.ts';
import { askAgain } from '../client/ask-again.ts';
import type { Client } from '../client/client.ts';
import { useClient } from '../client/client-context.tsx';
import { askPage, firstPageOf } from './ask-ahead.ts';
import { foretaste } from './foretaste.ts';
import { REST_MS } from './use-rested.ts';

const PAGE = 200;
const MOST_A_PAGE = 500;
const MOST_KEPT = 500;
/** So many rows are asked again when posts change; what was read below them stays as it was. */
const MOST_AGAIN = 1000;

/** A list of posts as far as it was read. */
export type PostList = {
  rows: PostRow[];
  total: number;
  hasMore: boolean;
  isLoading: boolean;
  /** The rows answer the question before this one. */
  isPrevious: boolean;
  /** The rows are the first of the answer, which is not here yet; `total` is not known. */
  isForetaste: boolean;
  error: ErrorData | undefined;
  /** Reads the next page, if there is one, and answers what came. */
  more: () => Promise<readonly PostRow[]>;
  reload: () => void;
  /** Changes rows at once, before the core has answered. `keeps` (the default): they stay in the list although they no longer match. */
  touch: (
    ids: readonly string[],
    change: Partial<Pick<PostRow, 'isRead' | 'isStarred' | 'isExtracted'>>,
    keeps?: boolean,
  ) => void;
};
type Known = {
  key: string;
  rows: PostRow[];
  total: number;
  next?: string | undefined;
  error?: ErrorData | undefined;
  isForetaste?: true;
};
const NOTHING: Known = { key: '', rows: [], total: 0 };
const questionOf = (key: string): PostQuery => JSON.parse(key) as PostQuery;

const isAnswer = (known: Known, key: string): boolean => known.key === key && !known.isForetaste;

/** What can be shown of a list before it was asked: the list as it was before something was searched in it, or what is sure of the answer. */
const shownAhead = (key: string, left: Known, unsearched: Known): Known | undefined => {
  if (left.key === key || left.key === '') return undefined;
  if (unsearched.key === key) return unsearched;
  const rows = foretaste(questionOf(key), questionOf(left.key), left.rows);
  return rows && { key, rows, total: rows.length, isForetaste: true };
};

/** Reads pages from the start until at least `wanted` rows are there. */
const readFromStart = async (client: Client, query: PostQuery, wanted: number): Promise<Omit<Known, 'key'>> => {
  const rows: PostRow[] = [];
  let cursor: string | undefined;
  let total = 0;
  do {
    const limit = Math.min(MOST_A_PAGE, Math.max(1, wanted - rows.length));
    const answer = await askPage(client, { ...query, limit, ...(cursor ? { cursor } : {}) });
    if (!answer.ok) return { rows, total, error: answer.error };
    rows.push(...answer.result.rows);
    total = answer.result.total;
    cursor = answer.result.next;
  } while (cursor && rows.length < wanted);
  return { rows, total, next: cursor };
};

/** Rows read again from the start, with what was read below them before; without it where the two do not meet. */
export const joinTail = <Row extends { id: string }>(
  fresh: { rows: Row[]; next?: string | undefined },
  before: { rows: Row[]; next?: string | undefined },
): { rows: Row[]; next?: string | undefined } => {
  const last = fresh.rows.at(-1);
  const at = fresh.next === undefined || !last ? -1 : before.rows.findIndex((row) => row.id === last.id);
  if (at < 0 || at === before.rows.length - 1) return fresh;
  const seen = new Set(fresh.rows.map((row) => row.id));
  return { rows: [...fresh.rows, ...before.rows.slice(at + 1).filter((row) => !seen.has(row.id))], next: before.next };
};

/**
 * The posts of one list, page by page. Asked again from the start, as far as it was read, whenever posts change; rows
 * that were read or starred here stay until the list is left.
 */
export const usePosts = (query: PostQuery): PostList => {
  const client = useClient();
  const key = JSON.stringify(query);
  const [known, setKnown] = useState<Known>(NOTHING);
  const latest = useRef(known);
  latest.current = known;
  const kept = useRef<{ key: string; ids: Set<string> }>({ key: '', ids: new Set() });
  /** The list as it was before something was searched in it: it stands there again at once. */
  const unsearched = useRef<Known>(NOTHING);
  /** The last two questions, the newer one last. */
  const underWay = useRef<(Promise<unknown> | undefined)[]>([]);
  const nudge = useRef<() => void>(() => undefined);
  const reading = useRef<Promise<readonly PostRow[]> | undefined>(undefined);

  const withKept = useCallback((question: PostQuery): PostQuery => {
    const ids = [...kept.current.ids].slice(-MOST_KEPT);
    return ids.length === 0 ? question : { ...question, keep: ids };
  }, []);

  useEffect(() => {
    let isOver = false;
    if (kept.current.key !== key) kept.current = { key, ids: new Set() };
    const question = questionOf(key);
    const left = latest.current;
    if (question.search && left.key !== '' && !questionOf(left.key).search) unsearched.current = left;
    const ahead = shownAhead(key, left, unsearched.current);
    if (ahead) setKnown(ahead);
    const isWhole = ahead !== undefined && !ahead.isForetaste;
    const loop = askAgain(async () => {
      // Of what is typed fast only the newest is asked, and at most one question is under way beside it.
      await underWay.current[0];
      if (isOver) return;
      const before = isAnswer(latest.current, key) ? latest.current.rows.length : 0;
      const asked = readFromStart(client, withKept(question), Math.min(MOST_AGAIN, Math.max(firstPageOf(question), before)));
      underWay.current = [underWay.current[1], asked];
      const answer = await asked;
      if (isOver) return;
      setKnown((now) => {
        if (answer.error) return { ...now, error: answer.error };
        return {
          key,
          total: answer.total,
          ...(isAnswer(now, key) ? joinTail(answer, now) : { rows: answer.rows, next: answer.next }),
        };
      });
    });
    nudge.current = loop.nudge;
    // What stands there already is asked again when the hand rests: it may go on typing.
    const resting = isWhole ? setTimeout(loop.nudge, REST_MS) : undefined;
    if (!isWhole) loop.nudge();
    const stops = [
      client.on('posts.changed', loop.nudge),
      client.on('sources.changed', loop.nudge),
      ...(question.searchId ? [client.on('searches.changed', loop.nudge)] : []),
      client.onConnection(() => client.connection() === 'connected' && loop.nudge()),
    ];
    return () => {
      isOver = true;
      clearTimeout(resting);
      loop.stop();
      for (const stop of stops) stop();
    };
  }, [client, key, withKept]);

  const readNext = useCallback(async (): Promise<readonly PostRow[]> => {
    const { next, key: present } = latest.current;
    if (!next) return [];
    const question = questionOf(present);
    const answer = await client.request('posts.list', { ...withKept(question), limit: PAGE, cursor: next });
    if (!answer.ok) return [];
    const { result } = answer;
    setKnown((now) => {
      if (now.key !== present || now.next !== next) return now;
      const seen = new Set(now.rows.map((row) => row.id));
      const fresh = result.rows.filter((row) => !seen.has(row.id));
      return { ...now, rows: [...now.rows, ...fresh], total: result.total, next: result.next };
    });
    return result.rows;
  }, [client, withKept]);
  const more = useCallback(() => {
    reading.current ??= readNext().finally(() => {
      reading.current = undefined;
    });
    return reading.current;
  }, [readNext]);

  const touch = useCallback<PostList['touch']>((ids, change, keeps = true) => {
    const touched = new Set(ids);
    if (keeps) for (const id of ids) kept.current.ids.add(id);
    const apply = (now: Known): Known => ({
      ...now,
      rows: now.rows.map((row) => (touched.has(row.id) ? { ...row, ...change } : row)),
    });
    unsearched.current = apply(unsearched.current);
    setKnown(apply);
  }, []);
  const reload = useCallback(() => nudge.current(), []);

  return useMemo(
    () => ({
      rows: known.rows,
      total: known.total,
      hasMore: known.next !== undefined,
      isLoading: known.key === '' && !known.error,
      isPrevious: known.key !== '' && known.key !== key,
      isForetaste: known.isForetaste === true,
      error: known.error,
      more,
      reload,
      touch,
    }),
    [known, key, more, reload, touch],
  );
};
