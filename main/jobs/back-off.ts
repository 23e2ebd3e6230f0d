import type { AppError } from '../../preload/contract/errors.ts';
import { toInstant } from '../lib/clock.ts';
import type { Download } from '../net/download-types.ts';
import type { FetchMemory } from '../store/repositories.ts';
import { learn } from './rhythm.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** The first step of the back-off, and its longest wait, milliseconds. */
export const BACK_OFF_STEP_MS = 15 * MINUTE;
export const MAX_BACK_OFF_MS = DAY;

/** What a source that was never asked is remembered by. */
export const emptyMemory = (sourceId: string, url: string): FetchMemory => ({ sourceId, url, failures: 0 });

/** 2^n x 15 minutes, plus or minus 20 %, at most 24 hours. `failures` is n, `random` gives 0 up to 1. */
export const backOffMs = (failures: number, random: () => number): number =>
  Math.min(2 ** Math.min(failures, 20) * BACK_OFF_STEP_MS * (0.8 + 0.4 * random()), MAX_BACK_OFF_MS);

/** The server will not have us: asking again soon changes nothing (hostile case 42). */
const isRefusal = ({ code, details }: AppError): boolean =>
  code === 'HTTP_401' || [401, 402, 403, 451].includes(details.status ?? 0);

const waitAfter = (
  error: AppError,
  failures: number,
  random: () => number,
): Pick<FetchMemory, 'notBefore' | 'notBeforeReason'> & { ms: number } => {
  const asked = error.details.retryAfterMs ?? 0;
  const ours = isRefusal(error) ? DAY : backOffMs(failures, random);
  return asked >= ours ? { ms: asked, notBeforeReason: 'retry-after' } : { ms: ours, notBeforeReason: 'failures' };
};

/** The memory after a failure the source is to blame for: when it may be asked again, and what is no longer believed. */
export const afterFailure = (
  memory: FetchMemory,
  error: AppError,
  context: { now: number; random: () => number },
): FetchMemory => {
  const { now, random } = context;
  const failures = memory.failures + 1;
  const { ms, notBeforeReason } = waitAfter(error, failures, random);
  const next: FetchMemory = {
    ...memory,
    failures,
    notBefore: toInstant(now + ms),
    ...(notBeforeReason ? { notBeforeReason } : {}),
  };
  if (error.code === 'NOT_MODIFIED_UNCACHED') {
    const { etag: _etag, lastModified: _lastModified, bodyHash: _bodyHash, ...rest } = next;
    return { ...rest, mustBePlain: true };
  }
  if (error.code === 'HTTP_GONE') {
    return { ...next, gone: { since: memory.gone?.since ?? toInstant(now), count: (memory.gone?.count ?? 0) + 1 } };
  }
  if (error.code === 'NOT_A_FEED') {
    const { moved: _moved, ...rest } = next;
    return rest;
  }
  return next;
};

/** The server said *gone* three times or more over two days or more (hostile case 44). */
export const isGoneForGood = ({ gone }: FetchMemory, now: number): boolean =>
  gone !== undefined && gone.count >= 3 && now - Date.parse(gone.since) >= 2 * DAY;

/** Three permanent redirects to one address over two days or more, each to this very feed (hostile case 32). */
export const isMovedForGood = ({ moved }: FetchMemory, now: number): boolean =>
  moved !== undefined && moved.count >= 3 && now - Date.parse(moved.since) >= 2 * DAY;

const movedAfter = (memory: FetchMemory, answer: Download, isSameFeed: boolean, now: number): Pick<FetchMemory, 'moved'> => {
  const to = answer.movedTo;
  if (!to || to === memory.url || to === memory.notTo || !isSameFeed) return {};
  if (memory.moved?.to !== to) return { moved: { to, since: toInstant(now), count: 1 } };
  return { moved: { ...memory.moved, count: memory.moved.count + 1 } };
};

/** A time the server calls its answer good for counts only where it is longer than the source's interval. */
const freshUntil = (answer: Download, intervalMs: number, now: number): Pick<FetchMemory, 'notBefore' | 'notBeforeReason'> =>
  (answer.freshForMs ?? 0) > intervalMs
    ? { notBefore: toInstant(now + Math.min(answer.freshForMs ?? 0, DAY)), notBeforeReason: 'max-age' }
    : {};

export type Answered = {
  now: number;
  intervalMs: number;
  /** What was read is committed and whole: its validators may be used. */
  isCommitted: boolean;
  /** The document is this source's feed: unchanged, or with items we know. */
  isSameFeed: boolean;
  bodyHash?: string | undefined;
  /** When the posts that are new were published, milliseconds; absent when the document was not read. */
  published?: readonly number[];
  /** What the feed says of how often to read it; absent when the document was not read. */
  ttlMinutes?: number | undefined;
  /** Known items that came under other ids; absent when the document was not read. */
  rekeyed?: number;
};

/** Fetches in a row in which known items came under other ids; after so many it is told. */
export const CHURN_WORTH_TELLING = 3;
const idChurnAfter = ({ idChurn = 0 }: FetchMemory, rekeyed: number | undefined): Pick<FetchMemory, 'idChurn'> => {
  const next = rekeyed === undefined ? idChurn : rekeyed > 0 ? idChurn + 1 : 0;
  return next > 0 ? { idChurn: next } : {};
};

/** The rhythm and the wish of the feed as they are known now; a document that was not read changes neither. */
const habitsAfter = (
  memory: FetchMemory,
  { published, ttlMinutes, now }: Answered,
): Pick<FetchMemory, 'rhythm' | 'ttlMinutes'> => {
  const rhythm = published && published.length > 0 ? learn(memory.rhythm, published, now) : memory.rhythm;
  const ttl = published ? ttlMinutes : memory.ttlMinutes;
  return { ...(rhythm ? { rhythm } : {}), ...(ttl ? { ttlMinutes: ttl } : {}) };
};

/** The memory after a good answer: no failures, and the validators of what is stored. */
export const afterAnswer = (memory: FetchMemory, answer: Download, told: Answered): FetchMemory => {
  const { now, intervalMs } = told;
  const before = { etag: memory.etag, lastModified: memory.lastModified };
  // A 304 may leave out a validator that still holds (RFC 9110, 15.4.5).
  const validators =
    answer.kind === 'not-modified' ? { ...before, ...answer.validators } : told.isCommitted ? answer.validators : before;
  const bodyHash = told.isCommitted ? (told.bodyHash ?? memory.bodyHash) : memory.bodyHash;
  return {
    sourceId: memory.sourceId,
    url: memory.url,
    failures: 0,
    ...(validators.etag ? { etag: validators.etag } : {}),
    ...(validators.lastModified ? { lastModified: validators.lastModified } : {}),
    ...(bodyHash ? { bodyHash } : {}),
    ...(memory.movedFrom ? { movedFrom: memory.movedFrom } : {}),
    ...(memory.notTo ? { notTo: memory.notTo } : {}),
    ...habitsAfter(memory, told),
    ...idChurnAfter(memory, told.rekeyed),
    ...movedAfter(memory, answer, told.isSameFeed, now),
    ...freshUntil(answer, intervalMs, now),
  };
};

/** Host pauses are kept when a server named a time; later answers only lengthen them. */
export const hostPauseAfter = (error: AppError, host: string, known: string | undefined, now: number): string | undefined => {
  const { retryAfterMs } = error.details;
  if (!retryAfterMs || !host) return undefined;
  const until = toInstant(now + retryAfterMs);
  return known && known >= until ? undefined : until;
};
