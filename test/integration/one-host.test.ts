import { expect, test } from 'vitest';
import { createFeedParser } from '../../main/feeds/parser.ts';
import { systemClock } from '../../main/lib/clock.ts';
import { silentLog } from '../../main/lib/log.ts';
import { settingsSchema } from '../../preload/contract/settings.ts';
import { reply, startHostileServer } from '../helpers/hostile-server.ts';
import { createJobsBench, rss, rssItem } from '../helpers/jobs-bench.ts';
import { makeDownloader } from '../helpers/net-kit.ts';

test('A-23: twenty sources on one host are asked over one open connection at a time, however many lanes there are (1 to 64)', async () => {
  const server = await startHostileServer();
  const downloader = makeDownloader({ limits: { hostPauseMs: 5 } });
  const parser = createFeedParser({ log: silentLog });
  const bench = await createJobsBench(undefined, { real: { clock: systemClock, downloader, parser } });
  for (let n = 0; n < 20; n += 1) {
    server.add(`/${n}`, (socket) => void setTimeout(() => reply(socket, 200, {}, rss([rssItem(`${n}`)])), 5));
    await bench.addFeed(`s${n}`, { feedUrl: `${server.origin()}/${n}` });
  }
  for (const lanes of [1, 64]) {
    await bench.store.settings.update({ lanes });
    downloader.setLanes(lanes);
    const run = await bench.run('fetch-feeds');
    expect(run.counts).toMatchObject({ sources: 20, failed: 0, new_posts: lanes === 1 ? 20 : 0 });
  }
  expect(server.requests).toHaveLength(40);
  expect(server.mostOpen).toBe(1);
  const { lanes } = settingsSchema.shape;
  expect([0, 1, 64, 65, 1.5].map((value) => lanes.safeParse(value).success)).toEqual([false, true, true, false, false]);
  await bench.close();
  await parser.close();
  await downloader.close();
  await server.close();
});
