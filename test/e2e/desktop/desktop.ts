/* The desktop host alone: the built main bundle on the fake `electron`, its tray, dialogs and windows in the hand of the test. */
import { cp } from 'node:fs/promises';
import type { MethodName, Params, Result } from '../../../preload/contract/contract.ts';
import type { ErrorCode } from '../../../preload/contract/errors.ts';
import { type Chain, startChain } from '../../helpers/fake-electron/chain.ts';
import type { FakeFrame } from '../../helpers/fake-electron/wire.ts';
import { test as base } from '../hosts.ts';

export type Desktop = Chain & {
  /** Asks as the page of the open window does, and answers the result. */
  request: <Name extends MethodName>(method: Name, params: Params<Name>) => Promise<Result<Name>>;
  /** What a question from some frame is answered with: an error code or OK. */
  codeFor: (method: string, params: unknown, frame: FakeFrame) => Promise<ErrorCode | 'OK'>;
  click: (...path: string[]) => Promise<unknown>;
};
type Options = { args?: string[]; env?: Record<string, string>; isDemo?: boolean };

const OUR_PAGE: FakeFrame = { isMain: true, origin: 'tidings://app' };
type AnyReply = { ok: true; result: unknown } | { ok: false; error: { code: ErrorCode; message: string } };

const toDesktop = (chain: Chain): Desktop => {
  const reply = async (method: string, params: unknown, frame: FakeFrame): Promise<AnyReply> =>
    (await chain.ask({ kind: 'invoke', channel: 'tidings:request', args: [method, params], frame })) as AnyReply;
  return {
    ...chain,
    request: async <Name extends MethodName>(method: Name, params: Params<Name>): Promise<Result<Name>> => {
      const answer = await reply(method, params, OUR_PAGE);
      if (!answer.ok) throw new Error(`${method}: ${answer.error.message}`);
      return answer.result as Result<Name>;
    },
    codeFor: async (method, params, frame) => {
      const answer = await reply(method, params, frame);
      return answer.ok ? 'OK' : answer.error.code;
    },
    click: (...path) => chain.ask({ kind: 'click', path }),
  };
};

/** A test of the desktop host. What still runs at the end is ended. */
export const test = base.extend<{ startDesktop: (options?: Options) => Promise<Desktop> }>({
  startDesktop: async ({ browser, dataDir, demo }, use) => {
    const started: Chain[] = [];
    await use(async ({ args = [], env = {}, isDemo = false } = {}) => {
      if (isDemo) await cp(demo.dir, dataDir, { recursive: true, force: false });
      const chain = await startChain({ browser, dataDir, args, env: { TIDINGS_HN_API: demo.server.hackerNewsApi, ...env } });
      started.push(chain);
      return toDesktop(chain);
    });
    for (const chain of started) await chain.kill();
  },
});
export { expect } from '@playwright/test';
