import { expect, test } from 'vitest';
import { z } from 'zod';
import type { JobInfo } from '../../../../preload/contract/job.ts';
import { newScheduleSchema, schedulePatchSchema } from '../../../../preload/contract/schedule.ts';
import { draftOf, newDraft, readDraft, ruleOf, withJob } from '../../../../renderer/schedules/editor-draft.ts';

const jobs: JobInfo[] = [
  {
    kind: 'fetch-feeds',
    title: 'Fetch feeds',
    description: '',
    optionsSchema: z.toJSONSchema(z.strictObject({})),
    suggestedTrigger: { type: 'interval', minutes: 30 },
    goesOut: true,
  },
  {
    kind: 'collect-hacker-news',
    title: 'Collect Hacker News',
    description: '',
    optionsSchema: z.toJSONSchema(z.strictObject({ minScore: z.int().min(0).optional() }), { io: 'input' }),
    suggestedTrigger: { type: 'cron', expression: '0 * * * *' },
    goesOut: true,
  },
];

test('a new schedule begins as the first job at its usual time and can be saved as it is', () => {
  const draft = newDraft(jobs, 'Europe/Vienna');
  expect(draft).toMatchObject({
    name: 'Fetch feeds',
    timeZone: 'Europe/Vienna',
    trigger: { type: 'interval', every: '30', unit: 'minutes' },
  });
  const read = readDraft(draft, jobs);
  expect(newScheduleSchema.safeParse({ ...('patch' in read ? read.patch : {}), jobKind: draft.jobKind }).success).toBe(true);
});

test('another job brings its own time, options and name, but not over a name that was typed', () => {
  const draft = newDraft(jobs, 'UTC');
  expect(withJob(draft, jobs, 'collect-hacker-news')).toMatchObject({
    name: 'Collect Hacker News',
    trigger: { type: 'cron' },
    options: { minScore: '' },
  });
  expect(withJob({ ...draft, name: 'Mine' }, jobs, 'collect-hacker-news').name).toBe('Mine');
});

test('a stored schedule goes through the editor unchanged', () => {
  const schedule = {
    id: 's',
    name: 'Hourly',
    jobKind: 'collect-hacker-news',
    options: { minScore: 80 },
    trigger: { type: 'daily', time: '06:30' } as const,
    timeZone: 'UTC',
    enabled: true,
    missed: 'skip' as const,
    retries: 0,
    retryMinutes: 1,
    jitterSeconds: 0,
    timeoutMinutes: 25,
    isBuiltIn: true,
    totals: { runs: 0, completed: 0, failed: 0 },
  };
  const read = readDraft(draftOf(schedule, jobs), jobs);
  expect(read).toEqual({
    patch: {
      name: 'Hourly',
      trigger: schedule.trigger,
      timeZone: 'UTC',
      window: null,
      missed: 'skip',
      graceMinutes: null,
      retries: 0,
      retryMinutes: 1,
      jitterSeconds: 0,
      timeoutMinutes: 25,
      options: { minScore: 80 },
    },
  });
  expect(schedulePatchSchema.safeParse('patch' in read ? read.patch : undefined).success).toBe(true);
});

test.each([
  [{ name: '  ' }, 'name'],
  [{ timeoutMinutes: '0' }, 'timeoutMinutes'],
  [{ graceMinutes: '1' }, 'graceMinutes'],
  [{ retries: '11' }, 'retries'],
  [{ jitterSeconds: 'some' }, 'jitterSeconds'],
  [{ window: { isOn: true, days: [], from: '09:00', to: '17:00' } }, 'window'],
  [{ window: { isOn: true, days: ['mon' as const], from: '9', to: '17:00' } }, 'window'],
  [{ timeoutMinutes: '1441' }, 'timeoutMinutes'],
  [{ jobKind: 'collect-hacker-news', options: { minScore: '-1' } }, 'options.minScore'],
])('what is wrong is named by its field: %j', (part, field) => {
  expect(readDraft({ ...newDraft(jobs, 'UTC'), ...part }, jobs)).toMatchObject({ field });
});

test('an active window and a grace go through the editor as they were, and can be taken away', () => {
  const window = { days: ['mon', 'tue'] as ('mon' | 'tue')[], from: '09:00', to: '17:00' };
  const draft = { ...newDraft(jobs, 'UTC'), window: { ...window, isOn: true }, graceMinutes: '90' };
  expect(readDraft(draft, jobs)).toMatchObject({ patch: { window, graceMinutes: 90 } });
  expect(ruleOf(draft)).toMatchObject({ window, graceMinutes: 90, missed: 'run-once' });
  const without = { ...draft, window: { ...window, isOn: false }, graceMinutes: '' };
  expect(readDraft(without, jobs)).toMatchObject({ patch: { window: null, graceMinutes: null } });
  expect(ruleOf(without)).toEqual({ trigger: { type: 'interval', minutes: 30 }, timeZone: 'UTC', missed: 'run-once' });
});
