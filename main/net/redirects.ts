import { AppError } from '../../preload/contract/errors.ts';
import type { Redirect } from './download-types.ts';
import { type Headers, single } from './headers.ts';
import { MAX_URL_LENGTH } from './url.ts';

const STATUSES = new Set([301, 302, 303, 307, 308]);
const PERMANENT = new Set([301, 308]);

/** True for an answer that sends us elsewhere. */
export const isRedirect = (status: number): boolean => STATUSES.has(status);

/** An address as requests use it: without credentials, fragment and the dot after the host. */
export const toRequestUrl = (url: URL): URL => {
  const clean = new URL(url);
  clean.username = '';
  clean.password = '';
  clean.hash = '';
  if (clean.hostname.endsWith('.')) clean.hostname = clean.hostname.replace(/\.+$/, '');
  return clean;
};

export type RedirectRules = { allowDowngrade: boolean; most: number };

const nowhere = (status: number): AppError =>
  new AppError('HTTP_PROTOCOL', `The server answered ${status} without saying where to go.`, { status });

/**
 * Where a redirect leads. Throws HTTP_PROTOCOL (no usable Location), REDIRECT_SCHEME, TLS_DOWNGRADE, REDIRECT_LOOP, REDIRECT_LIMIT.
 * The address is checked again by whoever connects.
 */
export const followRedirect = (
  from: URL,
  status: number,
  headers: Headers,
  before: readonly Redirect[],
  rules: RedirectRules,
): URL => {
  const location = single(headers, 'location');
  if (!location || location.length > MAX_URL_LENGTH) throw nowhere(status);
  const target = URL.parse(location, from.href);
  if (!target) throw nowhere(status);
  if (target.protocol !== 'http:' && target.protocol !== 'https:') {
    throw new AppError('REDIRECT_SCHEME', 'The server sent us to an address that is neither http nor https.', { status });
  }
  const to = toRequestUrl(target);
  if (to.href.length > MAX_URL_LENGTH) throw nowhere(status);
  if (from.protocol === 'https:' && to.protocol === 'http:' && !rules.allowDowngrade) {
    throw new AppError('TLS_DOWNGRADE', 'The server sent us from a safe address to one that is not. That is not followed.', {
      status,
    });
  }
  if (to.href === from.href || before.some((one) => one.from === to.href)) {
    throw new AppError('REDIRECT_LOOP', 'The server sends us in a circle.', { status });
  }
  if (before.length >= rules.most)
    throw new AppError('REDIRECT_LIMIT', `The server sent us on more than ${rules.most} times.`, { status });
  return to;
};

/** The address to use from now on: the end of the way, when every step was permanent. */
export const movedTo = (redirects: readonly Redirect[]): string | undefined =>
  redirects.every((one) => PERMANENT.has(one.status)) ? redirects.at(-1)?.to : undefined;
