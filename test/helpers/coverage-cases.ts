/*
 * Prints which checklist rows (A-1 ...) and hostile cases (case 001 ...) a passing test of the last run proved.
 * A row counts by the name of a test that passed; a hostile case only where the shared harness asserted the row's code.
 * Ends with 1 when there is no report, when a row of REQUIRED or a hostile case has no test, or when a test that
 * docs/capabilities.md names did not pass.
 */
import { readFileSync } from 'node:fs';
import { HOSTILE_CODES } from './hostile-codes.ts';

/** How many rows each section of the checklist has. */
const SECTIONS = { A: 26, B: 28, C: 20, D: 26, E: 25 } as const;
/** What the present version promises to be complete. */
const REQUIRED = [
  ...range('A', 1, 17),
  ...['A-18', 'A-19', 'A-20', 'A-21', 'A-22'],
  ...range('A', 23, 26),
  ...range('B', 1, 20),
  ...['B-22', 'B-23', 'B-24'],
  ...range('C', 1, 20),
  ...range('D', 1, 26),
  ...range('E', 1, 25),
];

type Proof = { name: string; hostileRow?: number };
type VitestReport = {
  testResults: {
    assertionResults: { fullName: string; status: string; meta?: { hostileCase?: { row: number; observed: string[] } } }[];
  }[];
};
type PlaywrightSuite = {
  suites?: PlaywrightSuite[];
  specs?: { title: string; tests: { status: string; annotations: { type: string; description?: string }[] }[] }[];
};

function range(section: string, from: number, to: number): string[] {
  return Array.from({ length: to - from + 1 }, (_, index) => `${section}-${from + index}`);
}

const readReport = <Report>(file: string): Report | undefined => {
  try {
    return JSON.parse(readFileSync(new URL(`../../test-results/${file}`, import.meta.url), 'utf8')) as Report;
  } catch {
    return undefined;
  }
};

const vitestProofs = (report: VitestReport): Proof[] =>
  report.testResults
    .flatMap((file) => file.assertionResults)
    .filter((test) => test.status === 'passed')
    .map((test) => ({ name: test.fullName, ...(test.meta?.hostileCase ? { hostileRow: test.meta.hostileCase.row } : {}) }));

const playwrightProofs = (suite: PlaywrightSuite): Proof[] => [
  ...(suite.suites ?? []).flatMap(playwrightProofs),
  ...(suite.specs ?? []).flatMap((spec) =>
    spec.tests
      .filter((test) => test.status === 'expected')
      .flatMap((test) => [
        { name: spec.title },
        ...test.annotations
          .filter((annotation) => annotation.type === 'hostile-case')
          .map((annotation) => ({ name: '', hostileRow: Number(annotation.description) })),
      ]),
  ),
];

const countRows = (proofs: readonly Proof[]): Map<string, number> => {
  const counts = new Map<string, number>();
  for (const { name } of proofs) {
    for (const [row] of name.matchAll(/\b[A-E]-\d{1,2}\b/g)) counts.set(row, (counts.get(row) ?? 0) + 1);
  }
  return counts;
};

/** The tests that docs/capabilities.md names, each with its row. */
const namedTests = (): { row: string; test: string }[] =>
  readFileSync(new URL('../../docs/capabilities.md', import.meta.url), 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('| '))
    .flatMap((line) => {
      const [, row = '', tests = ''] = line.split(' | ').join('|').split('|');
      return [...tests.matchAll(/`([^`]+)`/g)].map(([, test]) => ({ row: row.trim(), test: test as string }));
    });

const main = (): number => {
  const vitest = readReport<VitestReport>('vitest.json');
  const playwright = readReport<PlaywrightSuite>('playwright.json');
  if (!vitest) {
    console.log('No report of a test run was found. Run npm test first.');
    return 1;
  }
  if (!playwright) console.log('No report of the journeys was found; only the other tests are counted.');
  const proofs = [...vitestProofs(vitest), ...(playwright ? playwrightProofs(playwright) : [])];

  const rows = countRows(proofs);
  console.log('Checklist rows: number of passing tests, - where there is none');
  for (const [section, length] of Object.entries(SECTIONS)) {
    const list = range(section, 1, length);
    console.log(`  ${section}  ${list.filter((row) => rows.has(row)).length} of ${length}`);
    console.log(`     ${list.map((row) => `${row}:${rows.get(row) ?? '-'}`).join(' ')}`);
  }

  const cases = new Set(proofs.flatMap((proof) => (proof.hostileRow ? [proof.hostileRow] : [])));
  const all = Object.keys(HOSTILE_CODES).map(Number);
  const label = (row: number): string => String(row).padStart(3, '0');
  console.log(`Hostile cases: ${cases.size} of ${all.length} have a test that asserted the row's code`);
  console.log(
    `     with:    ${all
      .filter((row) => cases.has(row))
      .map(label)
      .join(' ')}`,
  );
  console.log(
    `     without: ${all
      .filter((row) => !cases.has(row))
      .map(label)
      .join(' ')}`,
  );

  const named = namedTests();
  const unproved = named.filter(({ test }) => !proofs.some((proof) => proof.name.includes(test)));
  console.log(`Expected capabilities: ${new Set(named.map(({ row }) => row)).size}, by ${named.length} named tests`);

  const missing = [
    ...unproved.map(({ row, test }) => `"${test}" (${row})`),
    ...REQUIRED.filter((row) => !rows.has(row)),
    ...all.filter((row) => !cases.has(row)).map((row) => `case ${label(row)}`),
  ];
  console.log(
    missing.length
      ? `Promised and missing: ${missing.join(', ')}`
      : `Promised rows (${REQUIRED.length} of the checklist, all hostile cases): complete`,
  );
  return missing.length ? 1 : 0;
};

process.exitCode = main();
