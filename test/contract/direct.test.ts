import { directTransport, makeFolder, openTestCore } from '../helpers/core-kit.ts';
import { contractSuite } from './suite.ts';

contractSuite('no wire at all', async (web) => {
  const folder = await makeFolder();
  const core = await openTestCore(folder.dir, { hackerNewsApi: web.hackerNewsApi });
  await core.start();
  return {
    transport: directTransport(core),
    close: async () => {
      await core.stop();
      await folder.remove();
    },
  };
});
