import { describe, expect, test } from 'vitest';
import { watchAlerts } from '../../../main/api/alert-watch.ts';
import type { Services } from '../../../main/api/services.ts';
import { createAlerts } from '../../../main/lib/alerts.ts';
import { silentLog } from '../../../main/lib/log.ts';
import { AppError } from '../../../preload/contract/errors.ts';
import type { FetchJob } from '../../../preload/contract/fetch-job.ts';
import type { Source } from '../../../preload/contract/source.ts';
import { settle } from '../../helpers/fake-clock.ts';
import { createBench, hourly } from '../../helpers/scheduler-bench.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** A scheduler with the watch over it, and one source. */
const createWatched = async (offlineSince: () => string | undefined = () => undefined) => {
  const bench = createBench('2026-11-21T10:30:00.000Z');
  const source: Source = {
    id: 'heise',
    kind: 'feed',
    title: 'heise online',
    feedUrl: 'https://heise.example/feed',
    paused: false,
    muted: false,
    starred: false,
    addedAt: '2026-11-01T00:00:00.000Z',
  } as Source;
  const sources = new Map([[source.id, source]]);
  const store = {
    ...bench.store,
    sources: { all: () => [...sources.values()], get: (id: string) => sources.get(id) },
    fetchMemory: { get: () => undefined },
  };
  const make = () => createAlerts({ notes: bench.store.notes, events: bench.events, clock: bench.clock, log: silentLog });
  const alerts = make();
  const services = { ...bench, store, alerts, log: silentLog, offlineSince, running: () => bench } as unknown as Services;
  const watch = watchAlerts(services);
  watch.start();
  const texts = (): string[] => alerts.list().map(({ text }) => text);
  const changes = (): number => bench.heard.filter(({ name }) => name === 'status.changed').length;
  return { bench, alerts, watch, texts, changes, sources, source, make };
};

const failing = (message: string) => () => Promise.reject(new AppError('HTTP_5XX', message));

describe('a job that fails', () => {
  test('E-23: raises one alert at the third failure in a row, however many follow, and takes it back when it works', async () => {
    const { bench, alerts, texts, changes } = await createWatched();
    const { id } = await bench.scheduler.add(hourly());
    await bench.scheduler.start();
    bench.work.do = failing('The server answered 503.');
    await bench.clock.pass(2 * HOUR);
    expect(texts()).toEqual([]);
    await bench.clock.pass(HOUR);
    expect(alerts.list()).toMatchObject([
      { kind: 'job-failing', subjectId: id, text: 'Hourly failed 3 times in a row. The server answered 503.' },
    ]);
    const heard = changes();
    await bench.clock.pass(5 * HOUR);
    expect(alerts.list()).toHaveLength(1);
    expect(changes()).toBe(heard);
    bench.work.do = async () => {};
    await bench.clock.pass(HOUR);
    expect(alerts.list()).toEqual([]);
  });

  test('retries of one time are one failure, and being offline is none', async () => {
    const { bench, texts } = await createWatched();
    await bench.scheduler.add(hourly({ retries: 3 }));
    await bench.scheduler.start();
    bench.work.do = failing('The server answered 503.');
    await bench.clock.pass(2 * HOUR);
    expect(bench.started()).toHaveLength(8);
    expect(texts()).toEqual([]);
    bench.work.do = () => Promise.reject(new AppError('OFFLINE', 'No network.'));
    await bench.clock.pass(3 * HOUR);
    expect(texts()).toEqual([]);
  });

  test('an alert that was put away stays away until its cause has gone and come back; it outlives a restart', async () => {
    const { bench, alerts, make, changes } = await createWatched();
    const { id } = await bench.scheduler.add(hourly());
    await bench.scheduler.start();
    bench.work.do = failing('No.');
    await bench.clock.pass(3 * HOUR);
    expect(make().list()).toEqual(alerts.list());
    const heard = changes();
    expect(await alerts.dismiss(`job-failing-${id}`)).toBe(true);
    expect(await alerts.dismiss(`job-failing-${id}`)).toBe(false);
    expect(changes()).toBe(heard + 1);
    await bench.clock.pass(2 * HOUR);
    expect([alerts.list(), make().list()]).toEqual([[], []]);
    bench.work.do = async () => {};
    await bench.clock.pass(HOUR);
    bench.work.do = failing('No.');
    await bench.clock.pass(3 * HOUR);
    expect(alerts.list()).toHaveLength(1);
  });

  test('switching the schedule off or removing it takes the alert back', async () => {
    const { bench, alerts } = await createWatched();
    const { id } = await bench.scheduler.add(hourly());
    await bench.scheduler.start();
    bench.work.do = failing('No.');
    await bench.clock.pass(3 * HOUR);
    expect(alerts.list()).toHaveLength(1);
    await bench.scheduler.update(id, { enabled: false });
    expect(alerts.list()).toEqual([]);
  });
});

describe('a job that stands still', () => {
  test('a run without progress is told after twenty minutes, and taken back when it ends well', async () => {
    const { bench, alerts, texts } = await createWatched();
    await bench.scheduler.add(hourly({ timeoutMinutes: 600 }));
    await bench.scheduler.start();
    let end = (): void => {};
    bench.work.do = () =>
      new Promise<void>((resolve) => {
        end = resolve;
      });
    await bench.clock.pass(30 * MINUTE + 15 * MINUTE);
    expect(texts()).toEqual([]);
    await bench.clock.pass(15 * MINUTE);
    expect(alerts.list()).toMatchObject([{ kind: 'job-stalled', text: expect.stringContaining('no progress for') }]);
    end();
    await settle();
    expect(alerts.list()).toEqual([]);
  });

  test('a long run that goes on is left alone', async () => {
    const { bench, texts } = await createWatched();
    await bench.scheduler.add(hourly({ timeoutMinutes: 600 }));
    await bench.scheduler.start();
    bench.work.do = async ({ progress }) => {
      for (let done = 0; done < 30; done += 1) {
        progress(done, 30);
        await new Promise<void>((resolve) => bench.clock.after(10 * MINUTE, resolve));
      }
    };
    await bench.clock.pass(5 * HOUR);
    expect(texts()).toEqual([]);
  });

  test('three times that go by without a completed run are told, but not those of a sleep, a pause or a lost connection', async () => {
    let offline: string | undefined;
    const { bench, texts } = await createWatched(() => offline);
    const { id } = await bench.scheduler.add(hourly({ timeoutMinutes: 5 }));
    bench.work.do = ({ signal }) => new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
    bench.clock.sleep(20 * HOUR);
    await bench.clock.pass(10 * MINUTE);
    await bench.scheduler.pause(id);
    await bench.clock.pass(6 * HOUR);
    await bench.scheduler.resume(id);
    offline = '2026-11-21T10:30:00.000Z';
    await bench.clock.pass(6 * HOUR);
    offline = undefined;
    expect(texts()).toEqual([]);
    await bench.clock.pass(4 * HOUR);
    expect(texts()).toEqual(['Hourly has not completed a run for 3 of its times.']);
  });
});

describe('a source that fails', () => {
  const fetched = async (
    { bench, source }: Awaited<ReturnType<typeof createWatched>>,
    end: { status: 'failed'; blameless?: boolean } | { status: 'completed' },
  ): Promise<void> => {
    const { fetchJobs } = bench.store;
    const at = new Date(bench.clock.now()).toISOString();
    const queued = await fetchJobs.queue({ id: `job${fetchJobs.all().length}`, runId: 'run', sourceId: source.id, queuedAt: at });
    await fetchJobs.markOngoing(queued?.id ?? '', at);
    const fetchJob =
      end.status === 'failed'
        ? await fetchJobs.fail(queued?.id ?? '', {
            endedAt: at,
            errorCode: 'HTTP_4XX',
            errorMessage: 'The server answered 404.',
            isBlameless: end.blameless ?? false,
          })
        : await fetchJobs.complete(queued?.id ?? '', { endedAt: at, outcome: 'nothing-new', postsCount: 0 } as never);
    bench.events.emit('fetch-jobs.changed', { fetchJob: fetchJob as FetchJob });
  };

  test('the third failure it is to blame for raises one alert; a good fetch takes it back', async () => {
    const watched = await createWatched();
    await fetched(watched, { status: 'failed' });
    await fetched(watched, { status: 'failed' });
    await fetched(watched, { status: 'failed', blameless: true });
    expect(watched.texts()).toEqual([]);
    await fetched(watched, { status: 'failed' });
    await fetched(watched, { status: 'failed' });
    expect(watched.alerts.list()).toMatchObject([
      { kind: 'source-failing', subjectId: 'heise', text: 'heise online failed 3 times in a row. The server answered 404.' },
    ]);
    await fetched(watched, { status: 'completed' });
    expect(watched.texts()).toEqual([]);
  });

  test('pausing or removing the source takes it back, and a start finds what fails already', async () => {
    const watched = await createWatched();
    for (let index = 0; index < 3; index += 1) await fetched(watched, { status: 'failed' });
    watched.sources.set('heise', { ...watched.source, paused: true });
    watched.bench.events.emit('sources.changed', { ids: ['heise'] });
    expect(watched.texts()).toEqual([]);
    watched.sources.set('heise', watched.source);
    watched.watch.start();
    expect(watched.texts()).toHaveLength(1);
    watched.sources.delete('heise');
    watched.bench.events.emit('sources.changed', { ids: ['heise'] });
    expect(watched.texts()).toEqual([]);
  });

  test('after it was stopped the watch says nothing more', async () => {
    const watched = await createWatched();
    watched.watch.stop();
    for (let index = 0; index < 3; index += 1) await fetched(watched, { status: 'failed' });
    expect(watched.texts()).toEqual([]);
  });
});
