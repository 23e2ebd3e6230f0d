import { makeFolder } from '../helpers/core-kit.ts';
import { openOnFakeElectron } from '../helpers/fake-electron/host.ts';
import { contractSuite } from './suite.ts';

contractSuite('the IPC of the desktop host', async (web) => {
  const folder = await makeFolder();
  const host = await openOnFakeElectron(folder.dir, web.hackerNewsApi);
  return {
    transport: host.transport,
    close: async () => {
      await host.close();
      await folder.remove();
    },
  };
});
