import { expect } from 'vitest';
import { systemClock } from '../../main/lib/clock.ts';
import { silentLog } from '../../main/lib/log.ts';
import { createDownloader, type DownloaderDeps } from '../../main/net/download.ts';
import type { Download, Downloader, DownloadRequest } from '../../main/net/download-types.ts';
import type { Limits } from '../../main/net/limits.ts';
import { AppError, MAX_ERROR_MESSAGE } from '../../preload/contract/errors.ts';
import { createTestResolve, testPolicy } from './test-network.ts';

export const USER_AGENT = 'Tidings/0.1.0 (+https://example.org/tidings)';

/** The limits in small, so that what takes half a minute in life takes half a second here. */
export const QUICK: Partial<Limits> = { connectMs: 400, headersMs: 400, idleMs: 400, totalMs: 1200, dnsMs: 300, hostPauseMs: 0 };

/** A downloader of the test internet with quick limits. */
export const makeDownloader = (deps: Partial<DownloaderDeps> = {}): Downloader =>
  createDownloader({
    policy: testPolicy,
    resolve: createTestResolve().resolve,
    clock: systemClock,
    log: silentLog,
    userAgent: USER_AGENT,
    ...deps,
    limits: { ...QUICK, ...deps.limits },
  });

/** The error of a download that must fail; its sentence is for people and holds no secrets. */
export const errorOf = async (promise: Promise<unknown>): Promise<AppError> => {
  const thrown = await promise.then(
    () => undefined,
    (error: unknown) => error,
  );
  expect(thrown).toBeInstanceOf(AppError);
  const error = thrown as AppError;
  expect(error.message.length).toBeLessThanOrEqual(MAX_ERROR_MESSAGE);
  expect(error.message).toMatch(/^[A-Z].*\.$/);
  expect(error.message).not.toMatch(/:\/\/|\?|secret|undefined|NaN/);
  return error;
};

/** `OK` or the code of the failure. */
export const codeOf = async (downloader: Downloader, url: string, more: Partial<DownloadRequest> = {}): Promise<string> => {
  const promise = downloader.download({ url, purpose: 'feed', ...more });
  const isGood = await promise.then(
    () => true,
    () => false,
  );
  return isGood ? 'OK' : (await errorOf(promise)).code;
};

/** The body of a download that must bring one. */
export const bodyOf = (download: Download): string => {
  expect(download.kind).toBe('body');
  return download.kind === 'body' ? Buffer.from(download.bytes).toString() : '';
};
