import type { Validators } from './download-types.ts';

const MAX_VALIDATOR = 1024;
const DAY_MS = 24 * 60 * 60 * 1000;
const MIN_RETRY_MS = 60_000;

/** Header lines by name in small letters, in the order they came. */
export type Headers = ReadonlyMap<string, readonly string[]>;

/* Bytes of a header are UTF-8 where they can be, else Latin-1 (RFC 9110, 5.5). */
const STRICT_UTF8 = new TextDecoder('utf-8', { fatal: true });
const toText = (raw: Buffer): string => {
  const latin = raw.toString('latin1');
  if (!/[\u0080-\u00ff]/.test(latin)) return latin.trim();
  try {
    return STRICT_UTF8.decode(raw).trim();
  } catch {
    return latin.trim();
  }
};

/** The flat name, value, name, value list of a parser as a map. */
export const toHeaders = (flat: readonly Buffer[]): Headers => {
  const headers = new Map<string, string[]>();
  for (let index = 0; index + 1 < flat.length; index += 2) {
    const name = (flat[index] as Buffer).toString('latin1').toLowerCase();
    const value = toText(flat[index + 1] as Buffer);
    const known = headers.get(name);
    if (known) known.push(value);
    else headers.set(name, [value]);
  }
  return headers;
};

/** The one value of a header; nothing when it is absent or stands there twice with different values. */
export const single = (headers: Headers, name: string): string | undefined => {
  const values = headers.get(name);
  return values?.every((value) => value === values[0]) ? values[0] : undefined;
};

/** All values of a list header, split at commas, in small letters. */
export const list = (headers: Headers, name: string): string[] =>
  (headers.get(name) ?? [])
    .flatMap((value) => value.split(','))
    .map((value) => value.trim().toLowerCase())
    .filter((value) => value !== '');

const ETAG = /^(?:W\/)?"[\x21\x23-\x7e]*"$|^[\x21\x23-\x7e]+$/;
const PRINTABLE = /^[\x20-\x7e]+$/;

const isEtag = (text: string | undefined): text is string =>
  text !== undefined && text.length <= MAX_VALIDATOR && ETAG.test(text);
const isLastModified = (text: string | undefined): text is string =>
  text !== undefined && text.length <= 128 && PRINTABLE.test(text) && !Number.isNaN(Date.parse(text));

/** What may be sent back, or kept to be sent back: well-formed, at most 1 KiB each. An ETag without quotes is kept as its server wrote it. */
export const cleanValidators = (validators: Validators): Validators => ({
  ...(isEtag(validators.etag) ? { etag: validators.etag } : {}),
  ...(isLastModified(validators.lastModified) ? { lastModified: validators.lastModified } : {}),
});

/** The validators of an answer. */
export const toValidators = (headers: Headers): Validators => {
  const etag = single(headers, 'etag');
  const lastModified = single(headers, 'last-modified');
  return cleanValidators({ ...(etag ? { etag } : {}), ...(lastModified ? { lastModified } : {}) });
};

const IMF_DATE = /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/;
const RFC850_DATE = /^(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day, \d{2}-[A-Z][a-z]{2}-\d{2} \d{2}:\d{2}:\d{2} GMT$/;
const ASCTIME_DATE = /^[A-Z][a-z]{2} [A-Z][a-z]{2} [ \d]\d \d{2}:\d{2}:\d{2} \d{4}$/;

/** An HTTP date (RFC 9110, 5.6.7) in milliseconds since 1970, or nothing. */
export const parseHttpDate = (text: string): number | undefined => {
  const isDate = IMF_DATE.test(text) || RFC850_DATE.test(text) || ASCTIME_DATE.test(text);
  const ms = isDate ? Date.parse(ASCTIME_DATE.test(text) ? `${text} GMT` : text) : Number.NaN;
  return Number.isNaN(ms) ? undefined : ms;
};

const clamp = (ms: number, low: number, high: number): number => Math.min(Math.max(ms, low), high);

/** How long the server asks us to wait, milliseconds in [60 s, 24 h]; nothing when it says so in a way that is not read, or twice. */
export const parseRetryAfter = (headers: Headers, nowMs: number): number | undefined => {
  const values = headers.get('retry-after');
  const [text] = values ?? [];
  if (text === undefined || values?.length !== 1) return undefined;
  if (/^\d{1,9}$/.test(text)) return clamp(Number(text) * 1000, MIN_RETRY_MS, DAY_MS);
  const date = parseHttpDate(text);
  return date === undefined ? undefined : clamp(date - nowMs, MIN_RETRY_MS, DAY_MS);
};

const seconds = (text: string | undefined): number | undefined => {
  const digits = /^"?(\d{1,10})"?$/.exec(text ?? '')?.[1];
  return digits === undefined ? undefined : Number(digits);
};

/** How long the answer stays fresh (RFC 9111, 4.2), milliseconds up to 24 h; nothing when the server does not say or says not at all. */
export const parseFreshness = (headers: Headers, nowMs: number): number | undefined => {
  const directives = list(headers, 'cache-control');
  if (directives.some((one) => /^no-(?:store|cache)(?:=|$)/.test(one))) return undefined;
  const maxAge = seconds(directives.find((one) => one.startsWith('max-age='))?.slice('max-age='.length));
  const ageMs = (seconds(single(headers, 'age')) ?? 0) * 1000;
  const expires = parseHttpDate(single(headers, 'expires') ?? '');
  const sentAt = parseHttpDate(single(headers, 'date') ?? '') ?? nowMs;
  const lifetimeMs = maxAge !== undefined ? maxAge * 1000 : expires !== undefined ? expires - sentAt : 0;
  const freshMs = Math.min(lifetimeMs - ageMs, DAY_MS);
  return freshMs > 0 ? freshMs : undefined;
};
