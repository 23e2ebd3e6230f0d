import type { SourceValue } from '../../preload/contract/stats.ts';

const DAY_MS = 86_400_000;
/** Failures in a row from which a source counts as failing. */
const FAILING = 3;
/** Out of reach or not there for so long is dead. */
const DEAD_AFTER_MS = 14 * DAY_MS;
/** So many times its usual pause, and at least two weeks, is longer than its rhythm explains. */
const SILENCE = 4;
const LEAST_SILENCE_MS = 14 * DAY_MS;
const NEW_FOR_MS = 14 * DAY_MS;
const FEW_POSTS = 3;
const MANY_A_WEEK = 20;
const NOISY_SHARE = 0.05;
const VALUABLE_SHARE = 0.25;
const QUIET_A_WEEK = 1;
const REFUSALS = [401, 402, 403, 429, 451];
const REFUSED_CODES = ['HTTP_401', 'HTTP_429', 'ADDR_BLOCKED'];
const NOT_THERE = [404, 410];
const UNREACHABLE = ['DNS_FAIL', 'CONN_REFUSED', 'CONN_TIMEOUT', 'HTTP_GONE', 'TLS_INVALID'];

/** What is known of one source when it is judged. Times in milliseconds. */
export type SourceFacts = {
  now: number;
  addedAt: number;
  paused: boolean;
  /** Of the days asked for. */
  days: number;
  received: number;
  opened: number;
  starred: number;
  perWeekNow: number;
  /** The middle pause between days with posts; absent where too few are known. */
  usualGapMs?: number;
  /** The time of its newest post. */
  lastPostAt?: number;
  /** Failures in a row it is to blame for. */
  failures: number;
  lastError?: { code: string; message: string; httpStatus?: number };
  /** When it last answered well. */
  lastGoodAt?: number;
  /** The server said *gone* often enough. */
  isGone: boolean;
};
type Judged = Pick<SourceValue, 'verdict' | 'reason'>;

const inDays = (ms: number): string => {
  const days = Math.max(1, Math.round(ms / DAY_MS));
  if (days >= 730) return `${Math.round(days / 365)} years`;
  if (days >= 60) return `${Math.round(days / 30)} months`;
  return days === 1 ? 'a day' : `${days} days`;
};
const posts = (count: number): string => (count === 1 ? '1 post' : `${count.toLocaleString('en')} posts`);
const percent = (share: number): string => `${Math.round(share * 100)} %`;
const perWeek = (count: number): string => (count < 1 ? 'less than one a week' : `about ${Math.round(count)} a week`);

/** Share of what came that was opened or starred, 0 to 1. */
export const shareOf = ({ received, opened, starred }: Pick<SourceFacts, 'received' | 'opened' | 'starred'>): number =>
  received === 0 ? 0 : Math.min(1, Math.max(opened, starred) / received);

const lastedMs = ({ now, lastGoodAt, addedAt }: SourceFacts): number => now - (lastGoodAt ?? addedAt);

const isRefused = ({ lastError }: SourceFacts): boolean =>
  lastError !== undefined && (REFUSALS.includes(lastError.httpStatus ?? 0) || REFUSED_CODES.includes(lastError.code));

const isOutOfReach = ({ lastError }: SourceFacts): boolean =>
  lastError !== undefined && (NOT_THERE.includes(lastError.httpStatus ?? 0) || UNREACHABLE.includes(lastError.code));

const byFailures = (facts: SourceFacts): Judged | undefined => {
  const { failures, lastError } = facts;
  if (facts.isGone) return { verdict: 'dead', reason: 'The server said again and again that it is gone for good.' };
  if (failures === 0 || !lastError) return undefined;
  if (isOutOfReach(facts) && failures >= FAILING && lastedMs(facts) >= DEAD_AFTER_MS) {
    return { verdict: 'dead', reason: `No answer worth reading for ${inDays(lastedMs(facts))}. ${lastError.message}` };
  }
  if (isRefused(facts)) return { verdict: 'blocked', reason: `The site will not let Tidings read it. ${lastError.message}` };
  if (failures < FAILING) return undefined;
  return { verdict: 'failing', reason: `Its last ${failures} tries failed. ${lastError.message}` };
};

/** Silent for longer than its own rhythm explains; one without a known rhythm is given three months. */
const bySilence = (facts: SourceFacts): Judged | undefined => {
  const { now, lastPostAt, usualGapMs, addedAt } = facts;
  const silence = now - (lastPostAt ?? addedAt);
  const patience = usualGapMs === undefined ? 90 * DAY_MS : Math.max(LEAST_SILENCE_MS, SILENCE * usualGapMs);
  if (silence < patience) return undefined;
  if (lastPostAt === undefined) return { verdict: 'idle', reason: `It brought nothing in ${inDays(silence)}.` };
  const usual = usualGapMs === undefined ? '' : ` Before, a post came about every ${inDays(usualGapMs)}.`;
  return { verdict: 'idle', reason: `Silent for ${inDays(silence)}.${usual}` };
};

const byReading = (facts: SourceFacts): Judged => {
  const { received, opened, starred, days, perWeekNow } = facts;
  const share = shareOf(facts);
  const weekly = (received / days) * 7;
  const read = `You opened ${opened.toLocaleString('en')} of ${posts(received)}, ${percent(opened / Math.max(1, received))}${starred > 0 ? `, and starred ${starred}` : ''}`;
  if (weekly >= MANY_A_WEEK && share < NOISY_SHARE) {
    return { verdict: 'noisy', reason: `${read}: much comes, little is opened.` };
  }
  if (received >= FEW_POSTS && share >= VALUABLE_SHARE) return { verdict: 'valuable', reason: `${read}.` };
  if (facts.usualGapMs !== undefined && perWeekNow < QUIET_A_WEEK) {
    return { verdict: 'quiet', reason: `Its own rhythm: a post about every ${inDays(facts.usualGapMs)}. Nothing is wrong.` };
  }
  return { verdict: 'fine', reason: received === 0 ? 'Nothing came in these days.' : `${read}. It brings ${perWeek(weekly)}.` };
};

/** What a source is worth, and why. What stops it from being read is said first, then silence, then how it is read. */
export const judgeSource = (facts: SourceFacts): Judged => {
  if (facts.paused && !facts.isGone) return { verdict: 'paused', reason: 'Paused by you: it is not asked.' };
  const failed = byFailures(facts);
  if (failed) return failed;
  const silent = bySilence(facts);
  if (silent) return silent;
  if (facts.now - facts.addedAt < NEW_FOR_MS && facts.received < MANY_A_WEEK) {
    return { verdict: 'new', reason: `Added ${inDays(facts.now - facts.addedAt)} ago: too little is known yet.` };
  }
  return byReading(facts);
};

/** The middle pause between local days with posts, milliseconds; undefined for fewer than three such days. `days` ascend. */
export const usualGap = (days: readonly number[]): number | undefined => {
  const gaps = days.slice(1).map((day, index) => day - (days[index] ?? day));
  if (gaps.length < 2) return undefined;
  return (gaps.sort((left, right) => left - right)[Math.floor(gaps.length / 2)] ?? 0) * DAY_MS;
};

/** The score above which about half of these lie, at a round step above the present threshold; undefined where none helps. */
export const higherScore = (scores: readonly number[], minScore: number): number | undefined => {
  if (scores.length < 10) return undefined;
  const middle = [...scores].sort((left, right) => left - right)[Math.floor(scores.length / 2)] ?? 0;
  const step = middle >= 200 ? 50 : 10;
  const wanted = Math.round(middle / step) * step;
  return wanted > minScore ? wanted : undefined;
};
