import { FAULT_POINTS, HOST_LEDGER_DAYS, type HostProof, type HostRow } from '../../preload/contract/host.ts';
import type { Source } from '../../preload/contract/source.ts';
import { toInstant } from '../lib/clock.ts';

type About = { sources: readonly Source[]; version: string; now: number };

const FAULT_WORDS: Record<keyof typeof FAULT_POINTS, string> = {
  'too-often': 'asked for the same feed again within 20 minutes',
  'pause-broken': 'asked before a pause you wanted was over',
  'full-again': 'took the whole feed although nothing in it was new',
  'gone-asked': 'asked for an address you had said is not there',
  burst: 'sent more than ten requests within a minute',
};

/** An address without what may be a secret of its reader: name and password, query, fragment. */
const plainAddress = (address: string): string => {
  const url = URL.parse(address);
  return url ? `${url.protocol}//${url.host}${url.pathname}` : '';
};
const feedsOf = (sources: readonly Source[]): string[] =>
  sources.flatMap((source) => (source.kind === 'feed' ? [plainAddress(source.feedUrl)] : [])).sort();
const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(bytes < 1e6 ? 3 : 1)} MB`;
const percent = (part: number, whole: number): string => (whole === 0 ? '-' : `${Math.round((part / whole) * 100)} %`);

const textOf = (row: HostRow, { sources, version, now }: About): string =>
  [
    `What Tidings ${version} asked of ${row.host}`,
    `Written ${toInstant(now)} from one reader's own records of the last ${HOST_LEDGER_DAYS} days. Times are UTC.`,
    '',
    'Feeds (without query strings):',
    ...feedsOf(sources).map((address) => `  ${address}`),
    '',
    `Requests              ${row.requests}`,
    `Not modified (304)    ${row.notModified} (${percent(row.notModified, row.requests)})`,
    `Failed                ${row.failed}, ${row.tooMany} of them 429`,
    `Received              ${megabytes(row.bytes)}`,
    `Not sent, estimated   ${megabytes(row.savedBytes)} (304 answers, by the size of the last full answer)`,
    `Pauses you asked for  ${row.pausesAsked}, kept ${row.pausesKept}`,
    '',
    `Score                 ${row.score} of 100`,
    ...(row.faults.length === 0
      ? ['  No fault was found.']
      : row.faults.map(({ kind, times, points }) => `  -${points}  ${times} times ${FAULT_WORDS[kind]}`)),
    '',
    `Next request          ${row.nextAt ?? 'none: paused'}`,
    ...row.reasons.map(({ text, until }) => `  ${until ? `${until}  ` : ''}${text}`),
    '',
  ].join('\n');

const jsonOf = (row: HostRow, about: About): string => {
  const { host, sources: _count, nextAt, reasons, why: _why, ...numbers } = row;
  const proof = {
    program: `Tidings ${about.version}`,
    writtenAt: toInstant(about.now),
    days: HOST_LEDGER_DAYS,
    host,
    feeds: feedsOf(about.sources),
    ...numbers,
    savedBytesIsEstimate: true,
    faultPoints: FAULT_POINTS,
    next: { ...(nextAt ? { at: nextAt } : {}), reasons },
  };
  return `${JSON.stringify(proof, null, 2)}\n`;
};

/** What one host was asked and how it went, for the owner of that site. Holds no query strings, titles or texts. */
export const proofOf = (row: HostRow, about: About, format: 'text' | 'json'): HostProof => {
  const name = row.host.replaceAll(/[^\w.-]/g, '_');
  return {
    fileName: `tidings-${name}-${toInstant(about.now).slice(0, 10)}.${format === 'json' ? 'json' : 'txt'}`,
    text: format === 'json' ? jsonOf(row, about) : textOf(row, about),
  };
};
