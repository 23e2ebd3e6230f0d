import type { BrowserWindow } from 'electron';
import { carryQuestions } from '../../../main/electron/ipc.ts';
import type { Transport } from '../../../preload/contract/contract.ts';
import { openTestCore } from '../core-kit.ts';
import { exposed, windowInProcess } from './electron.ts';

/** A core of the test internet behind the desktop host's IPC and the real preload, all in this process. For vitest, once a file. */
export const openOnFakeElectron = async (
  dataDir: string,
  hackerNewsApi: string,
): Promise<{ transport: Transport; close: () => Promise<void> }> => {
  const core = await openTestCore(dataDir, { hackerNewsApi });
  await core.start();
  // A second passes between two questions, so that the limit of questions a second is never reached.
  let now = 0;
  carryQuestions(
    core,
    () => windowInProcess as unknown as BrowserWindow,
    () => (now += 1000),
  );
  await import('../../../preload/index.ts');
  return { transport: exposed.tidings as Transport, close: () => core.stop() };
};
