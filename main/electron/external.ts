import { shell } from 'electron';
import type { Log } from '../lib/log.ts';
import { createRateLimit } from '../lib/rate-limit.ts';

const ALLOWED = new Set(['https:', 'http:', 'mailto:']);
const CONTROL = /[\u0000-\u0020\u007f-\u009f]/;

/** The address in its canonical form if it may leave the application, else undefined. */
export const toExternalUrl = (raw: string): string | undefined => {
  if (raw.length > 2048 || CONTROL.test(raw)) return undefined;
  const url = URL.parse(raw);
  if (!url || !ALLOWED.has(url.protocol) || url.username || url.password) return undefined;
  if (url.protocol === 'mailto:')
    return url.searchParams.has('attach') || url.searchParams.has('attachment') ? undefined : url.href;
  return url.host ? url.href : undefined;
};

/** Opens pages in the owner's browser: http, https and mailto only, at most five in ten seconds. */
export const createExternalOpener = (log: Log): ((raw: string) => void) => {
  // A tenth of the time makes its second ten.
  const mayOpen = createRateLimit(5, () => performance.now() / 10);
  return (raw) => {
    const url = toExternalUrl(raw);
    if (!url || !mayOpen()) {
      log.warn('Address not opened', { url: raw });
      return;
    }
    shell.openExternal(url).catch((error: unknown) => log.warn('Browser could not be opened', { error }));
  };
};
