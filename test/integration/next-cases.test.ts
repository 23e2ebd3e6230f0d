import { expect, test } from 'vitest';
import { nextDue, nextDues } from '../../main/scheduler/next-due.ts';
import type { Trigger } from '../../preload/contract/schedule.ts';
import { compareNextCases, comparisonInWords } from '../helpers/next-cases.ts';
import { CASE_ZONES, madeCases } from '../helpers/next-cases-made.ts';
import { readKeptTables } from '../helpers/tzif.ts';

const isLeapDay = (trigger: Trigger): boolean => trigger.type === 'cron' && / 29 2 /.test(trigger.expression);

test('next --cases agrees with a naive reading over another copy of the tz database on 20,000 cases around every change of 2024 to 2030', async () => {
  const tables = readKeptTables();
  expect(Object.keys(tables.zones)).toEqual([...CASE_ZONES]);
  const found = await compareNextCases(tables, 21_000);
  console.log(comparisonInWords(found));
  expect(found.disagreements).toEqual([]);
  expect(found.withMore, 'L and # were among the cron lines').toBe(true);
  expect(found.cases).toBeGreaterThanOrEqual(20_000);
  expect(found.zones.length).toBeGreaterThanOrEqual(12);
  expect(found.changes).toBeGreaterThanOrEqual(160);
  expect([found.ours, found.theirs]).not.toContain('unknown');
  for (const kind of ['interval', 'daily', 'weekly', 'monthly', 'cron']) expect(found.kinds[kind], kind).toBeGreaterThan(1000);
}, 120_000);

test('due instants of 640 made rules lie strictly after one another, on whole minutes, and are the same when asked for step by step', () => {
  for (const [zone, table] of Object.entries(readKeptTables().zones)) {
    for (const { trigger, from } of madeCases(zone, table, 40, false).filter(({ trigger }) => !isLeapDay(trigger))) {
      const what = `${JSON.stringify(trigger)} ${zone} from ${from}`;
      const dues = nextDues(trigger, zone, from, 6);
      let last = from;
      for (const due of dues) {
        expect(Date.parse(due), what).toBeGreaterThan(Date.parse(last));
        expect(Date.parse(due) % 60_000, what).toBe(0);
        expect(nextDue(trigger, zone, last), what).toBe(due);
        // Asked from any moment in between, the answer is the same; an interval counts on from the moment itself.
        const between = new Date((Date.parse(last) + Date.parse(due)) / 2).toISOString();
        if (trigger.type !== 'interval') expect(nextDue(trigger, zone, between), what).toBe(due);
        last = due;
      }
    }
  }
});
