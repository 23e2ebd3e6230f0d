import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import type { BrowserContext, Page } from 'playwright';
import { build } from 'vite';
import { APP_CSP, SECURITY_HEADERS } from '../../main/lib/csp.ts';
import type { FakeCore } from './fake-core.ts';

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
  '.woff': 'font/woff',
};

/** The built page, served on loopback with the headers and policy of the real hosts. */
export type ServedPage = { url: string; close: () => Promise<void> };

/** Builds the renderer into a folder of its own and serves it from a fixed map of its files. */
export const servePage = async (): Promise<ServedPage> => {
  const outDir = await mkdtemp(join(tmpdir(), 'tidings-page-'));
  await build({ mode: 'renderer', logLevel: 'error', build: { outDir, emptyOutDir: true } });
  const names = (await readdir(outDir, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile());
  const files = new Map<string, { body: Buffer; type: string }>();
  for (const entry of names) {
    const path = join(entry.parentPath, entry.name);
    files.set(path.slice(outDir.length), {
      body: await readFile(path),
      type: TYPES[extname(path)] ?? 'application/octet-stream',
    });
  }
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://page').pathname;
    const file = files.get(path === '/' ? '/index.html' : path);
    response.writeHead(file ? 200 : 404, {
      ...SECURITY_HEADERS,
      'Content-Security-Policy': APP_CSP,
      'Content-Type': file?.type ?? 'text/plain',
    });
    response.end(file?.body ?? 'Not found');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await rm(outDir, { recursive: true, force: true });
    },
  };
};

/** Gives every page of a browser context the fake core, in the place of the preload's `window.tidings`. */
export const giveFakeCore = async (context: BrowserContext, core: FakeCore): Promise<void> => {
  await context.exposeFunction('askFakeCore', (method: string, params: unknown) => core.answer(method, params));
  await context.addInitScript(() => {
    const listeners = new Set<(announcement: unknown) => void>();
    const page = window as unknown as Record<string, unknown> & { askFakeCore: (method: string, params: unknown) => unknown };
    page.hearFakeCore = (announcement: unknown) => {
      for (const listener of listeners) listener(announcement);
    };
    page.tidings = {
      request: (method: string, params: unknown) => page.askFakeCore(method, params),
      onEvent: (listener: (announcement: unknown) => void) => {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
    };
  });
  core.onAnnounce((announcement) => {
    for (const page of context.pages()) void hear(page, announcement);
  });
};
const hear = async (page: Page, announcement: unknown): Promise<void> => {
  try {
    await page.evaluate(
      (told) => (window as unknown as { hearFakeCore: (told: unknown) => void }).hearFakeCore(told),
      announcement,
    );
  } catch {
    // The page is gone or not there yet: nobody listens.
  }
};
