import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { createJobs, defaultSchedules, defaultSources, suggestedFeeds } from '../../../main/jobs/index.ts';
import type { JobServices } from '../../../main/jobs/services.ts';
import { normaliseUrl } from '../../../main/net/url.ts';
import { validateTrigger } from '../../../main/scheduler/next-due.ts';
import { newScheduleSchema } from '../../../preload/contract/schedule.ts';
import { newSourceSchema } from '../../../preload/contract/source.ts';

const services = { events: { onEvent: () => () => {} } } as unknown as JobServices;
const list = createJobs(services);
const jobs = new Map(list.map((job) => [job.kind, job]));

describe('the list of jobs', () => {
  test('has each kind once, with a title and a description', () => {
    expect(jobs.size).toBe(list.length);
    const kinds = ['fetch-feeds', 'collect-hacker-news', 'process-domains', 'clean-up', 'complete-series', 'complete-authors'];
    expect([...jobs.keys()]).toEqual(expect.arrayContaining(kinds));
    for (const job of list)
      expect([job.title, job.description, job.goesOut]).toEqual([expect.any(String), expect.any(String), expect.any(Boolean)]);
  });

  test('gives options that a form can be made from, and refuses what it does not know', () => {
    for (const job of jobs.values()) {
      expect(z.toJSONSchema(job.optionsSchema)).toMatchObject({ type: 'object', additionalProperties: false });
      expect(job.optionsSchema.safeParse({}).success).toBe(true);
      expect(job.optionsSchema.safeParse({ surprise: 1 }).success).toBe(false);
    }
    const { optionsSchema } = jobs.get('collect-hacker-news') ?? {};
    expect(optionsSchema?.safeParse({ limit: 500, minScore: 0, list: 'top' }).success).toBe(true);
    for (const options of [{ limit: 501 }, { limit: 0 }, { minScore: -1 }, { list: 'all' }]) {
      expect(optionsSchema?.safeParse(options).success).toBe(false);
    }
  });

  test('suggests triggers that a schedule may have', () => {
    for (const job of jobs.values()) expect(validateTrigger(job.suggestedTrigger, 'UTC', job)).toEqual(job.suggestedTrigger);
  });
});

describe('the defaults of a first start', () => {
  test('are schedules of jobs that exist, the collector hourly in UTC under its old name', () => {
    const ids = defaultSchedules.map(({ id }) => id);
    expect(ids.slice(0, 2)).toEqual(['fetch_feeds', 'hourly_posts_collection']);
    expect(new Set(ids).size).toBe(ids.length);
    const off = defaultSchedules.filter(({ enabled }) => enabled === false).map(({ id }) => id);
    expect(off).toEqual(expect.arrayContaining(['complete_series', 'complete_authors']));
    for (const { id: _id, ...schedule } of defaultSchedules) {
      expect(newScheduleSchema.parse(schedule)).toEqual(schedule);
      expect(jobs.has(schedule.jobKind)).toBe(true);
    }
    expect(defaultSchedules[1]).toMatchObject({ trigger: { type: 'cron', expression: '0 * * * *' }, timeZone: 'UTC' });
  });

  test('are one Hacker News source, and feeds that are only offered', () => {
    expect(defaultSources.map((source) => newSourceSchema.parse(source))).toEqual([
      { kind: 'hacker-news', title: 'Hacker News', list: 'top', minScore: 50, limit: 100 },
    ]);
    expect(suggestedFeeds.length).toBeGreaterThanOrEqual(8);
    for (const { feedUrl } of suggestedFeeds) expect(normaliseUrl(feedUrl)).toBe(feedUrl);
  });
});
