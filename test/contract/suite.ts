import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { toPlain } from '../../main/api/to-plain.ts';
import { type Announcement, type MethodName, paramSchemas, type Transport } from '../../preload/contract/contract.ts';
import { announced, askOver, runThrough } from '../helpers/core-kit.ts';
import { type SmallWeb, startSmallWeb } from '../helpers/small-web.ts';
import { type Known, resultSchemas, SAMPLE_RULE, samplesFor } from './samples.ts';

/** What one host gives the suite: a transport to a core that reads the small web, with the local network allowed. */
export type ContractHost = { transport: Transport; close: () => Promise<void> };

const METHODS = Object.keys(paramSchemas) as MethodName[];
/** What only a desktop can do, and what needs a run that failed, a time that was missed or something removed, is refused with a sentence on the cores of this suite. */
const MAY_BE_REFUSED: readonly MethodName[] = [
  'desktop.setStartAtLogin',
  'desktop.revealData',
  'runs.retryFailed',
  'schedules.answerMissed',
  'undo.apply',
  'backups.restore',
  'posts.image',
  'posts.changes',
  'digests.decideDelivery',
];
/** These take things away; they are asked last. */
const ENDS: readonly MethodName[] = ['runs.remove', 'schedules.remove', 'sources.remove'];
const byEnds = (left: MethodName, right: MethodName): number => ENDS.indexOf(left) - ENDS.indexOf(right);

/** Adds the small web's feed and reads it, so that there is a post, a run and a fetch job. */
const prepare = async (transport: Transport, web: SmallWeb): Promise<Known> => {
  const given = { kind: 'feed', feedUrl: web.feedUrl, allowLocalNetwork: true } as const;
  const source = await askOver(transport, 'sources.add', given);
  const run = await runThrough(transport, 'sources.fetch', { ids: [source.id] });
  const posts = await askOver(transport, 'posts.list', { sourceId: source.id });
  const top = await runThrough(transport, 'runs.start', { jobKind: 'discover-top' });
  const digest = await askOver(transport, 'schedules.add', {
    name: 'Mornings',
    jobKind: 'send-digest',
    options: { actions: ['generate'] },
    trigger: { type: 'daily', time: '08:00' },
  });
  await runThrough(transport, 'runs.start', { scheduleId: digest.id });
  const editions = await askOver(transport, 'digests.editions', { scheduleId: digest.id });
  await askOver(transport, 'recipients.import', { scheduleId: digest.id, text: 'bob@example.org' });
  const [recipient] = await askOver(transport, 'recipients.list', { scheduleId: digest.id });
  const [schedule] = await askOver(transport, 'schedules.list', {});
  const author = await askOver(transport, 'authors.follow', { name: 'oda', on: { kind: 'hacker-news' } });
  await runThrough(transport, 'runs.start', { jobKind: 'complete-authors' });
  const rule = await askOver(transport, 'rules.add', SAMPLE_RULE);
  return {
    ruleId: rule.id,
    sourceId: source.id,
    postId: posts.rows[0]?.id ?? '',
    scheduleId: schedule?.schedule.id ?? '',
    runId: run.id,
    gapMapId: author.id,
    topId: top.id,
    digestId: digest.id,
    recipientId: recipient?.id ?? '',
    editionId: editions.rows[0]?.id ?? '',
    feedUrl: web.feedUrl,
    siteUrl: web.base,
    domainId: posts.rows[0]?.domain ?? '',
  };
};

/** Everything the owner has, to see that nothing changed. */
const wholeState = async (transport: Transport): Promise<unknown> => ({
  sources: (await askOver(transport, 'sources.list', {})).map(({ source, posts, unread }) => ({ source, posts, unread })),
  schedules: (await askOver(transport, 'schedules.list', {})).map(({ schedule }) => schedule),
  settings: await askOver(transport, 'settings.get', {}),
  posts: await askOver(transport, 'posts.list', { limit: 500 }),
  runs: await askOver(transport, 'runs.list', { limit: 500 }),
  domains: await askOver(transport, 'domains.list', { limit: 500 }),
});

/** JSON that the method's schema refuses: anything, and the right question with something wrong in it. */
const wrongParams = (method: MethodName, sample: object): fc.Arbitrary<unknown> => {
  const key = fc.constantFrom(...Object.keys(sample), 'extra', '__proto__', 'constructor');
  const spoilt = fc
    .tuple(key, fc.jsonValue())
    .map(
      ([name, value]) =>
        JSON.parse(
          `${JSON.stringify(sample).slice(0, -1)}${Object.keys(sample).length ? ',' : ''}${JSON.stringify(name)}:${JSON.stringify(value)}}`,
        ) as unknown,
    );
  const isRefused = (params: unknown): boolean => {
    try {
      return !paramSchemas[method].safeParse(toPlain(params ?? {})).success;
    } catch {
      return true;
    }
  };
  return fc.oneof(fc.jsonValue(), spoilt).filter(isRefused);
};

/** The promises of the contract, whatever carries it. `open` starts a host over the small web. */
export const contractSuite = (name: string, open: (web: SmallWeb) => Promise<ContractHost>): void => {
  describe(`the contract over ${name}`, () => {
    let web: SmallWeb;
    let host: ContractHost;
    let known: Known;
    beforeAll(async () => {
      web = await startSmallWeb();
      host = await open(web);
      known = await prepare(host.transport, web);
    });
    afterAll(async () => {
      await host.close();
      await web.close();
    });

    test.each(METHODS)('refuses wrong params of %s and changes nothing', async (method) => {
      const sample = samplesFor(known)[method];
      const before = await wholeState(host.transport);
      await fc.assert(
        fc.asyncProperty(wrongParams(method, sample), async (params) => {
          const reply = await host.transport.request(method, params);
          expect(reply).toMatchObject({ ok: false, error: { code: 'IPC_INVALID' } });
          if (!reply.ok) expect(reply.error.message.length).toBeLessThanOrEqual(300);
        }),
        { numRuns: 12, seed: 20_261_121 },
      );
      expect(await wholeState(host.transport)).toEqual(before);
    });

    test.each(['nope', '', 'constructor', 'toString', '__proto__', 'posts', 'posts.list '])(
      'refuses the unknown method "%s"',
      async (method) => {
        const reply = await host.transport.request(method, {});
        expect(reply).toMatchObject({ ok: false, error: { code: 'IPC_INVALID' } });
      },
    );

    test('announces one fetch as three rows with the same id: queued, ongoing, completed (A-6)', async () => {
      const rows: unknown[] = [];
      const stop = host.transport.onEvent(({ name: event, data }) => {
        if (event === 'fetch-jobs.changed') rows.push(data.fetchJob);
      });
      await runThrough(host.transport, 'sources.fetch', { ids: [known.sourceId] });
      const [job] = await askOver(host.transport, 'sources.fetchJobs', { id: known.sourceId, limit: 1 });
      stop();
      expect(rows).toMatchObject(
        ['queued', 'ongoing', 'completed'].map((status) => ({ id: job?.id, status, sourceId: known.sourceId })),
      );
      expect(rows.at(-1)).toEqual(job);
    });

    test('announces what a call changed', async () => {
      const { transport } = host;
      const heard = (event: Announcement['name']): Promise<unknown> => announced(transport, event);
      const settings = heard('settings.changed');
      await askOver(transport, 'settings.update', { patch: { density: 'compact' } });
      expect(await settings).toMatchObject({ settings: { density: 'compact' } });

      const sources = heard('sources.changed');
      await askOver(transport, 'sources.update', { id: known.sourceId, patch: { title: 'Another name' } });
      expect(await sources).toEqual({ ids: [known.sourceId] });

      const posts = heard('posts.changed');
      await askOver(transport, 'posts.mark', { ids: [known.postId], isRead: true });
      expect(await posts).toMatchObject({ added: 0 });

      const schedules = heard('schedules.changed');
      await askOver(transport, 'schedules.pause', { id: known.scheduleId });
      expect(await schedules).toEqual({ ids: [known.scheduleId] });
    });

    test('E-19: status, schedules, pause, resume, recent runs and one run are read and done over it', async () => {
      const { transport } = host;
      expect(await askOver(transport, 'app.status', {})).toMatchObject({ schedulerRunning: expect.any(Boolean) });
      const rows = await askOver(transport, 'schedules.list', {});
      expect(rows.find(({ schedule }) => schedule.id === known.scheduleId)).toMatchObject({ next: expect.any(Array) });
      const paused = await askOver(transport, 'schedules.pause', { id: known.scheduleId });
      expect(paused.pausedUntil).toBeDefined();
      expect(await askOver(transport, 'schedules.resume', { id: known.scheduleId })).not.toHaveProperty('pausedUntil');
      const recent = await askOver(transport, 'runs.list', { limit: 5 });
      expect(recent.rows.length).toBeGreaterThan(0);
      const id = recent.rows[0]?.id ?? '';
      expect(await askOver(transport, 'runs.get', { id })).toMatchObject({ run: { id } });
    });

    test('D-25: a digest is added, listed, read, changed, paused, resumed, run, looked back on, measured and removed over it', async () => {
      const { transport } = host;
      const { id } = await askOver(transport, 'schedules.add', {
        name: 'Evenings',
        jobKind: 'send-digest',
        options: { actions: ['generate'], sendEmpty: true },
        trigger: { type: 'weekly', days: ['sun'], time: '18:00' },
      });
      const list = await askOver(transport, 'digests.list', {});
      expect(list.map(({ row }) => row.schedule.name)).toContain('Evenings');
      await askOver(transport, 'schedules.update', { id, patch: { name: 'Nights' } });
      await askOver(transport, 'schedules.pause', { id });
      expect(await askOver(transport, 'digests.get', { id })).toMatchObject({
        badge: 'paused',
        row: { schedule: { name: 'Nights' } },
      });
      await askOver(transport, 'schedules.resume', { id });
      const run = await runThrough(transport, 'runs.start', { scheduleId: id });
      expect(run).toMatchObject({ status: 'completed', scheduleId: id, steps: [{ name: 'Generate' }] });
      expect(await askOver(transport, 'runs.list', { scheduleId: id })).toMatchObject({ total: 1, rows: [{ id: run.id }] });
      const editions = await askOver(transport, 'digests.editions', { scheduleId: id });
      expect(editions.rows).toMatchObject([{ number: 1, runId: run.id }]);
      expect((await askOver(transport, 'digests.get', { id })).stats).toMatchObject({ failed: 0 });
      expect(await askOver(transport, 'schedules.remove', { id })).toMatchObject({ runs: 1, digest: { editions: 1 } });
      expect((await transport.request('digests.get', { id })).ok).toBe(false);
    });

    test('announces a run from queued to its end', async () => {
      const statuses: string[] = [];
      const stop = host.transport.onEvent(({ name: event, data }) => {
        if (event === 'runs.changed') statuses.push(data.run.status);
      });
      const run = await runThrough(host.transport, 'runs.start', { jobKind: 'collect-hacker-news' });
      stop();
      expect(statuses).toEqual(['queued', 'running', 'completed']);
      expect(run).toMatchObject({ jobKind: 'collect-hacker-news', cause: 'manual' });
    });

    test.each([...METHODS].sort(byEnds))('answers %s in its shape, as plain JSON', async (method) => {
      const reply = await host.transport.request(method, samplesFor(known)[method]);
      if (!reply.ok && MAY_BE_REFUSED.includes(method)) {
        expect(['CONFLICT', 'NOT_FOUND']).toContain(reply.error.code);
        return;
      }
      expect(reply).toMatchObject({ ok: true });
      if (!reply.ok) return;
      expect(structuredClone(reply.result)).toStrictEqual(JSON.parse(JSON.stringify(reply.result)));
      resultSchemas[method].parse(reply.result);
    });
  });
};
