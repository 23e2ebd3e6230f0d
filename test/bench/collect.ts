/* One refresh of all sources by Tidings, as a whole process. Prints one JSON line. */
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { createCore } from '../../main/core.ts';
import { silentLog } from '../../main/lib/log.ts';
import type { Run } from '../../preload/contract/run.ts';
import { peakMb } from './peak.ts';

type Input = {
  dir: string;
  urls: string[];
  jobKind?: string;
  options?: Record<string, unknown>;
  hackerNews?: string;
  timeoutSeconds?: number;
};
const input = JSON.parse(process.argv[2] ?? '{}') as Input;

const core = await createCore({
  dataDir: input.dir,
  host: 'headless',
  version: '0.0.0',
  log: silentLog,
  withSchedule: false,
  addressPolicy: () => 'public',
  ...(input.hackerNews ? { hackerNewsApi: input.hackerNews } : {}),
});
await core.start();
// A refresh is measured in a host that is up: its posts are in memory and in the search.
await core.loaded;
await core.handlers['posts.list']({ view: 'all', limit: 1, search: 'up' });
if (input.timeoutSeconds) await core.handlers['settings.update']({ patch: { timeoutSeconds: input.timeoutSeconds } });
if ((await core.handlers['sources.list']({})).length <= 1 && input.urls.length > 0) {
  const outlines = input.urls.map((url) => `<outline type="rss" xmlUrl="${url}"/>`).join('');
  await core.handlers['sources.importOpml']({ text: `<opml version="2.0"><body>${outlines}</body></opml>` });
}
const finished = (id: string): Promise<Run> =>
  new Promise((resolve) => {
    core.onEvent((announcement) => {
      if (announcement.name !== 'runs.changed') return;
      const { run } = announcement.data;
      if (run.id === id && run.status !== 'queued' && run.status !== 'running') resolve(run);
    });
  });

const delay = monitorEventLoopDelay({ resolution: 1 });
const cpuBefore = process.cpuUsage();
const began = performance.now();
const startedAt = Date.now();
delay.enable();
const { run } = await core.handlers['runs.start']({
  jobKind: input.jobKind ?? 'fetch-feeds',
  ...(input.options ? { options: input.options } : {}),
});
const ended = run.status === 'queued' || run.status === 'running' ? await finished(run.id) : run;
delay.disable();
const wallMs = performance.now() - began;
const cpu = process.cpuUsage(cpuBefore);
const detail = await core.handlers['runs.get']({ id: run.id });
await core.stop();
const whole = process.cpuUsage();
process.stdout.write(
  `${JSON.stringify({
    wallMs,
    cpuMs: (cpu.user + cpu.system) / 1000,
    wholeCpuMs: (whole.user + whole.system) / 1000,
    rssMb: peakMb(),
    delayP99Ms: delay.percentile(99) / 1e6,
    delayMaxMs: delay.max / 1e6,
    status: ended.status,
    counts: 'counts' in ended ? ended.counts : {},
    lastStoredMs: detail.fetchJobs.reduce(
      (last, job) => (job.status === 'completed' ? Math.max(last, Date.parse(job.endedAt) - startedAt) : last),
      0,
    ),
    completedUrls: detail.fetchJobs.filter((job) => job.status === 'completed').length,
  })}\n`,
);
process.exit(0);
