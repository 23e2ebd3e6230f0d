import { readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { extname, join, relative, sep } from 'node:path';
import { protocol, type Session } from 'electron';
import { APP_CSP, SECURITY_HEADERS } from '../lib/csp.ts';

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.woff2': 'font/woff2',
  '.woff': 'font/woff',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
};

/** Must run before the application is ready. */
export const registerScheme = (): void => {
  protocol.registerSchemesAsPrivileged([
    { scheme: 'tidings', privileges: { standard: true, secure: true, supportFetchAPI: true } },
  ]);
};

/** Every file of the page by its path in the address, listed once: no request is ever joined to a folder. */
const listFiles = (dir: string): ReadonlyMap<string, string> =>
  new Map(
    readdirSync(dir, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && TYPES[extname(entry.name)])
      .map((entry) => {
        const file = join(entry.parentPath, entry.name);
        return [`/${relative(dir, file).split(sep).join('/')}`, file] as const;
      }),
  );

/** Serves the page at `tidings://app/` in this session and lets nothing else be loaded. */
export const servePage = (session: Session, pageDir: string): void => {
  const files = listFiles(pageDir);
  session.protocol.handle('tidings', async (request) => {
    const url = new URL(request.url);
    const path = url.pathname === '/' ? '/index.html' : url.pathname;
    const file = url.host === 'app' && request.method === 'GET' ? files.get(path) : undefined;
    const headers = { ...SECURITY_HEADERS, 'Content-Security-Policy': APP_CSP };
    if (!file) return new Response(null, { status: 404, headers });
    const bytes = await readFile(file);
    return new Response(new Uint8Array(bytes), { headers: { ...headers, 'Content-Type': TYPES[extname(file)] ?? '' } });
  });
  session.webRequest.onBeforeRequest(({ url }, callback) => {
    // A blob is what the page made itself, for an export; a data image is one whose bytes the core gave.
    callback({
      cancel: !url.startsWith('tidings://app/') && !url.startsWith('blob:tidings://app/') && !url.startsWith('data:image/'),
    });
  });
};
