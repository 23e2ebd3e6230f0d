import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { pathToFileURL } from 'node:url';
import { cli } from './cli-kit.ts';
import { FIRST, LAST, naiveDues, type WallYears, writeWallYears } from './naive-dues.ts';
import { CASE_ZONES, changesOf, madeCases, type NextCase } from './next-cases-made.ts';
import { KEPT_TABLES, readKeptTables, readSystemTables, type TzTables, type ZoneTable } from './tzif.ts';

/*
 * `tidings next --cases` against the naive reading of naive-dues.ts, over a copy of the tz database of its own.
 * As a script: prints what was compared. `--write-tables` first writes test/fixtures/tz anew from the system's zone files.
 */

export type Comparison = {
  cases: number;
  changes: number;
  zones: string[];
  /** Zones whose rules differ between the two copies of the tz database, with the first instant at which they do. */
  leftOut: { zone: string; at: string; ours: number; theirs: number }[];
  ours: string;
  theirs: string;
  kinds: Record<string, number>;
  /** Cron lines with `L` and `#` were among them. */
  withMore: boolean;
  disagreements: { asked: NextCase; ours: unknown; theirs: string[] }[];
};

/** Offsets in minutes as the platform that runs Tidings says; asked of another formatter than the scheduler uses. */
const platformOffset = (zone: string): ((at: number) => number) => {
  const format = new Intl.DateTimeFormat('en-GB', { timeZone: zone, timeZoneName: 'longOffset' });
  return (at) => {
    const [, sign = '+', hours = '0', minutes = '0'] = /GMT(?:([+-])(\d+):(\d+))?/.exec(format.format(at)) ?? [];
    return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
  };
};

const tableOffset = ({ before, changes }: ZoneTable, at: number): number =>
  changes.filter(([instant]) => Date.parse(instant) <= at).at(-1)?.[1] ?? before;

/** The first instant at which the two copies show different clocks: looked for every day, and on both sides of each known change. */
const firstDifference = (zone: string, table: ZoneTable): Comparison['leftOut'][number] | undefined => {
  const days = Array.from({ length: (LAST - FIRST) / 86_400_000 }, (_, index) => FIRST + index * 86_400_000);
  const sides = table.changes.flatMap(([instant]) => [Date.parse(instant) - 1000, Date.parse(instant)]);
  const read = platformOffset(zone);
  for (const at of [...days, ...sides].sort((a, b) => a - b)) {
    const [ours, theirs] = [read(at), tableOffset(table, at)];
    if (ours !== theirs) return { zone, at: new Date(at).toISOString(), ours, theirs };
  }
  return undefined;
};

/** The answers of `tidings next --cases`, line by line. */
export const askTidings = async (cases: readonly NextCase[]): Promise<unknown[]> => {
  const dir = await mkdtemp(join(tmpdir(), 'tidings-cases-'));
  try {
    await writeFile(join(dir, 'cases.jsonl'), cases.map((each) => JSON.stringify(each)).join('\n'));
    const { code, out, err } = await cli(['next', '--cases', 'cases.jsonl'], { cwd: dir });
    if (code !== 0) throw new Error(`tidings next --cases ended with ${code}: ${err}`);
    return out
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as unknown);
  } finally {
    await rm(dir, { recursive: true });
  }
};

/** Asks both about the cases of one zone. A case that has no due instant within the years is not asked. */
const compareZone = async (
  zone: string,
  table: ZoneTable,
  wanted: number,
  withMore: boolean,
): Promise<Pick<Comparison, 'cases' | 'kinds' | 'disagreements'>> => {
  const years: WallYears = writeWallYears(table);
  const answered = madeCases(zone, table, wanted, withMore).flatMap((asked) => {
    const theirs = naiveDues(years, asked.trigger, Date.parse(asked.from), asked.count).map((due) => new Date(due).toISOString());
    return theirs.length > 0 ? [{ asked: { ...asked, count: theirs.length }, theirs }] : [];
  });
  const ours = await askTidings(answered.map(({ asked }) => asked));
  const kinds: Record<string, number> = {};
  for (const { asked } of answered) kinds[asked.trigger.type] = (kinds[asked.trigger.type] ?? 0) + 1;
  const disagreements = answered.flatMap(({ asked, theirs }, index) =>
    JSON.stringify(ours[index]) === JSON.stringify(theirs) ? [] : [{ asked, ours: ours[index], theirs }],
  );
  return { cases: answered.length, kinds, disagreements };
};

/** Compares about `wanted` made cases, shared out among the zones whose rules are the same in both copies. */
export const compareNextCases = async (tables: TzTables, wanted: number): Promise<Comparison> => {
  const all: Comparison = {
    cases: 0,
    changes: 0,
    zones: [],
    leftOut: [],
    ours: process.versions.tz ?? 'unknown',
    theirs: tables.version,
    kinds: {},
    withMore: false,
    disagreements: [],
  };
  const [more] = await askTidings([
    { trigger: { type: 'cron', expression: '0 0 L * 5#2' }, zone: 'UTC', from: '2026-01-01T00:00:00Z', count: 1 },
  ]);
  all.withMore = Array.isArray(more);
  all.leftOut = Object.entries(tables.zones).flatMap(([zone, table]) => firstDifference(zone, table) ?? []);
  const same = Object.entries(tables.zones).filter(([zone]) => all.leftOut.every((each) => each.zone !== zone));
  const perZone = Math.ceil(wanted / same.length);
  for (const [zone, table] of same) {
    const { cases, kinds, disagreements } = await compareZone(zone, table, perZone, all.withMore);
    all.zones.push(zone);
    all.changes += changesOf(table).length;
    all.cases += cases;
    for (const [kind, count] of Object.entries(kinds)) all.kinds[kind] = (all.kinds[kind] ?? 0) + count;
    all.disagreements.push(...disagreements);
  }
  return all;
};

/** What was compared, for people. */
export const comparisonInWords = (found: Comparison): string =>
  [
    `${found.cases} cases around ${found.changes} changes of the clock, ${JSON.stringify(found.kinds)}`,
    `ours: tidings next --cases, tz database ${found.ours}; theirs: the naive reading, tz database ${found.theirs}`,
    `zones: ${found.zones.join(', ')}`,
    ...found.leftOut.map(
      ({ zone, at, ours, theirs }) =>
        `left out: ${zone}, whose rules differ: at ${at} its clock is UTC${ours < 0 ? '' : '+'}${ours} min in ${found.ours}, UTC${theirs < 0 ? '' : '+'}${theirs} min in ${found.theirs}`,
    ),
    `${found.disagreements.length} disagreements`,
    ...found.disagreements.slice(0, 20).map((each) => JSON.stringify(each)),
  ].join('\n');

const main = async (): Promise<void> => {
  if (process.argv.includes('--write-tables'))
    await writeFile(KEPT_TABLES, `${JSON.stringify(readSystemTables(CASE_ZONES, FIRST, LAST))}\n`);
  const found = await compareNextCases(readKeptTables(), 24_000);
  process.stdout.write(`${comparisonInWords(found)}\n`);
  process.exitCode = found.disagreements.length === 0 ? 0 : 1;
};

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await main();
