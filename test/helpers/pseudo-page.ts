import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from '@playwright/test';
import { build } from 'vite';
import { SECURITY_HEADERS } from '../../main/lib/csp.ts';

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
  '.woff': 'font/woff',
};
const STAND_IN = fileURLToPath(new URL('pseudo-words.ts', import.meta.url));

/** The window built with the language nobody speaks, by path. */
export type PseudoPage = Map<string, { body: Buffer; type: string }>;

/** Builds the window once more, with another list of catalogues in place of its own. */
export const buildPseudoPage = async (): Promise<PseudoPage> => {
  const outDir = await mkdtemp(join(tmpdir(), 'tidings-pseudo-'));
  await build({
    mode: 'renderer',
    logLevel: 'error',
    build: { outDir, emptyOutDir: true },
    plugins: [
      {
        name: 'another-language',
        enforce: 'pre',
        resolveId: (id, importer) =>
          id.endsWith('/catalogues.ts') && importer?.endsWith('renderer/words/words.ts') ? STAND_IN : undefined,
      },
    ],
  });
  const files: PseudoPage = new Map();
  for (const entry of await readdir(outDir, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    files.set(path.slice(outDir.length).replaceAll('\\', '/'), {
      body: await readFile(path),
      type: TYPES[extname(path)] ?? 'application/octet-stream',
    });
  }
  await rm(outDir, { recursive: true, force: true });
  return files;
};

const ENTRY = /\/assets\/index-[\w-]+\.js$/;
/**
 * From the next load on the page is the one built here; its document and the host behind it stay the same. The document is left
 * alone because a browser does not let one that is not from this computer ask this computer.
 */
export const showPseudoPage = async (page: Page, files: PseudoPage): Promise<void> => {
  const entry = /src="\.(\/assets\/[^"]+\.js)"/.exec(String(files.get('/index.html')?.body))?.[1] ?? '';
  await page.route(/\/assets\//, async (route) => {
    const { pathname } = new URL(route.request().url());
    const file = files.get(pathname);
    if (file) return route.fulfill({ body: file.body, headers: { ...SECURITY_HEADERS, 'Content-Type': file.type } });
    if (!ENTRY.test(pathname)) return route.fallback();
    // Its own name, because other files ask for it by that, and it must not run twice.
    const body = `import ${JSON.stringify(`.${entry.slice('/assets'.length)}`)};`;
    await route.fulfill({ body, headers: { ...SECURITY_HEADERS, 'Content-Type': 'text/javascript' } });
  });
};
