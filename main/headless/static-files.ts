import { readdirSync, readFileSync } from 'node:fs';
import { extname, join, relative, sep } from 'node:path';

/** One file of the page with the headers it is sent with. */
export type StaticFile = { body: Buffer; headers: Record<string, string> };
/** The page's files by exact request path. Nothing a request says is ever joined to a path. */
export type StaticFiles = ReadonlyMap<string, StaticFile>;

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.woff': 'font/woff',
  '.json': 'application/json; charset=utf-8',
};
/** Files under `assets/` carry a hash of their content in the name. */
const cacheControl = (path: string): string => (path.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache');

/** Reads the built page into memory, at start. Links are not followed; files of other types are left out. */
export const readStaticFiles = (dir: string): StaticFiles => {
  const files = new Map<string, StaticFile>();
  for (const entry of readdirSync(dir, { recursive: true, withFileTypes: true })) {
    const type = TYPES[extname(entry.name)];
    if (!entry.isFile() || !type) continue;
    const full = join(entry.parentPath, entry.name);
    const path = `/${relative(dir, full).split(sep).join('/')}`;
    files.set(path, { body: readFileSync(full), headers: { 'Content-Type': type, 'Cache-Control': cacheControl(path) } });
  }
  const index = files.get('/index.html');
  if (index) files.set('/', index);
  return files;
};
