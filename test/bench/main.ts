/*
 * `npm run bench [GROUP ...]`: every figure of the goals, measured in one run on this machine and printed as a table and as
 * test-results/bench.json. A row that misses its goal is marked. Groups: refresh latency growth moods hacker-news store window build.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import {
  buildRows,
  cleanUp,
  growthRows,
  hackerNewsRows,
  latencyRows,
  moodRows,
  type Row,
  refreshRows,
  storeRows,
} from './rows.ts';
import { windowRows } from './window.ts';

const GROUPS: Record<string, () => Promise<Row[]> | Row[]> = {
  build: buildRows,
  refresh: refreshRows,
  latency: latencyRows,
  growth: growthRows,
  moods: moodRows,
  'hacker-news': hackerNewsRows,
  store: storeRows,
  window: windowRows,
};

const figure = (value: number, unit: Row['unit']): string =>
  `${value < 10 ? value.toFixed(unit === 'x' ? 3 : 1) : Math.round(value)} ${unit}`.replace(' x', ' ×');
const print = (row: Row): void => {
  const isMet = row.measured <= row.goal;
  const cells = [
    row.id.padEnd(8),
    row.what.padEnd(60),
    figure(row.measured, row.unit).padStart(10),
    `at most ${figure(row.goal, row.unit)}`.padEnd(18),
  ];
  console.log(`${isMet ? '  ' : '! '}${cells.join('  ')}  ${isMet ? '' : 'MISSED  '}${row.note}`);
};

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !Object.hasOwn(GROUPS, name));
if (unknown.length > 0) {
  console.log(`There is no group ${unknown.join(', ')}. Groups: ${Object.keys(GROUPS).join(' ')}`);
  process.exit(2);
}

const rows: Row[] = [];
try {
  for (const [name, measure] of Object.entries(GROUPS)) {
    if (wanted.length > 0 && !wanted.includes(name)) continue;
    const measured = await measure();
    for (const row of measured) print(row);
    rows.push(...measured);
  }
} finally {
  await cleanUp();
}
const missed = rows.filter((row) => row.measured > row.goal).length;
console.log(`${rows.length} figures, ${missed} missed`);
mkdirSync('test-results', { recursive: true });
writeFileSync('test-results/bench.json', `${JSON.stringify({ node: process.version, rows }, null, 1)}\n`);
