import type { BrowserWindow } from 'electron';
import { expect, vi } from 'vitest';
import type { Core } from '../../../main/core.ts';
import { carryQuestions } from '../../../main/electron/ipc.ts';
import { PAGE_ORIGIN } from '../../../main/electron/window-options.ts';
import type { Handlers, Reply } from '../../../preload/contract/contract.ts';
import { hostileCase } from '../../helpers/hostile-case.ts';

type Listener = (event: unknown, method: unknown, params: unknown) => Promise<Reply> | Reply;
const ipc = vi.hoisted(() => ({ listener: undefined as unknown }));
vi.mock('electron', () => ({
  ipcMain: {
    handle: (_channel: string, listener: unknown) => {
      ipc.listener = listener;
    },
  },
}));

hostileCase(158, 'only the main frame of our own living window may ask', async () => {
  const asked = vi.fn(() => ({}));
  const core = { handlers: { 'settings.get': asked } as unknown as Handlers, onEvent: () => () => {} } as unknown as Core;
  const mainFrame = { origin: PAGE_ORIGIN };
  let isDestroyed = false;
  let window: unknown = { isDestroyed: () => isDestroyed, webContents: { mainFrame } };
  carryQuestions(core, () => window as BrowserWindow | undefined);
  const ask = async (senderFrame: unknown): Promise<string> => {
    const reply = await (ipc.listener as Listener)({ senderFrame }, 'settings.get', {});
    return reply.ok ? 'OK' : reply.error.code;
  };
  expect(await ask(mainFrame)).toBe('OK');

  const codes = [await ask(null), await ask({ origin: PAGE_ORIGIN }), await ask({ origin: 'devtools://devtools' })];
  for (const origin of ['https://evil.example', 'null', 'file://', `${PAGE_ORIGIN}.evil.example`]) {
    mainFrame.origin = origin;
    codes.push(await ask(mainFrame));
  }
  mainFrame.origin = PAGE_ORIGIN;
  isDestroyed = true;
  codes.push(await ask(mainFrame));
  isDestroyed = false;
  window = undefined;
  codes.push(await ask(mainFrame));
  expect(asked).toHaveBeenCalledTimes(1);
  return codes;
});
