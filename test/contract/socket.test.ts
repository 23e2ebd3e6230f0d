import { makeFolder, openTestCore } from '../helpers/core-kit.ts';
import { openSession, serveForTest, socketTransport, unhurriedClock } from '../helpers/socket-kit.ts';
import { contractSuite } from './suite.ts';

contractSuite('the WebSocket of the headless host', async (web) => {
  const folder = await makeFolder();
  const core = await openTestCore(folder.dir, { hackerNewsApi: web.hackerNewsApi });
  await core.start();
  const host = await serveForTest({ core, clock: unhurriedClock() });
  const socket = await openSession(host);
  return {
    transport: socketTransport(socket),
    close: async () => {
      socket.terminate();
      await host.close();
      await core.stop();
      await folder.remove();
    },
  };
});
