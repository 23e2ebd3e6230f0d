/**
 * One directive a line; the order does not matter. `data:` images are those of posts that the owner asked for: the core loads and
 * checks them, the page gets their bytes and asks nobody. A frame made of `srcdoc` is held by this policy and by its own.
 */
const directives = (connect: string): string =>
  [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
    `connect-src ${connect}`,
    "frame-src 'self'",
    "worker-src 'none'",
    "media-src 'none'",
    "object-src 'none'",
    "manifest-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    'trusted-types tidings',
  ].join('; ');

/** What the page may load and reach, in the desktop window: its own files and nothing else. */
export const APP_CSP = directives("'self'");

/** The same for the loopback host, whose page also opens one WebSocket to where it came from. `hosts` are `name:port`. */
export const loopbackCsp = (hosts: readonly string[]): string =>
  directives(["'self'", ...hosts.map((host) => `ws://${host}`)].join(' '));

/** Sent with every answer of a page, beside the CSP. */
export const SECURITY_HEADERS: Readonly<Record<string, string>> = {
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Permissions-Policy':
    'accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), hid=(), magnetometer=(), microphone=(), midi=(), payment=(), screen-wake-lock=(), serial=(), usb=()',
};
