import { expect, test } from 'vitest';
import { hasNetwork, inSeconds, toNetError } from '../../../main/net/net-errors.ts';
import { AppError } from '../../../preload/contract/errors.ts';

const failure = (code: string, message = 'connect to http://secret.example/?key=1 failed'): Error =>
  Object.assign(new Error(message), { code });
const codes = (phase: 'connect' | 'headers' | 'body', isTls: boolean, list: readonly string[]): string[] =>
  list.map((code) => toNetError(failure(code), phase, isTls).code);

test('what goes wrong while connecting is named after its cause', () => {
  expect(codes('connect', false, ['ECONNREFUSED', 'ETIMEDOUT', 'ECONNRESET', 'EPIPE'])).toEqual([
    'CONN_REFUSED',
    'CONN_TIMEOUT',
    'CONN_RESET',
    'CONN_RESET',
  ]);
  const tls = [
    'CERT_HAS_EXPIRED',
    'DEPTH_ZERO_SELF_SIGNED_CERT',
    'ERR_TLS_CERT_ALTNAME_INVALID',
    'ERR_SSL_WRONG_VERSION_NUMBER',
    'EPROTO',
    'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  ];
  expect(codes('connect', true, tls)).toEqual(tls.map(() => 'TLS_INVALID'));
});

test('an unreachable network is offline when no interface is up, and else a server that cannot be reached', () => {
  const expected = hasNetwork() ? 'CONN_REFUSED' : 'OFFLINE';
  expect(codes('connect', false, ['ENETUNREACH', 'EHOSTUNREACH', 'EADDRNOTAVAIL'])).toEqual([expected, expected, expected]);
  expect(toNetError(failure('ENETDOWN'), 'connect').code).toBe('OFFLINE');
});

test('of several addresses that failed the most telling one speaks', () => {
  const several = new AggregateError([failure('ENETUNREACH'), failure('ECONNREFUSED'), failure('EHOSTUNREACH')]);
  expect(toNetError(several, 'connect').code).toBe('CONN_REFUSED');
});

test('what goes wrong while reading depends on how far the answer had come', () => {
  const list = [
    'UND_ERR_SOCKET',
    'HPE_INVALID_EOF_STATE',
    'ECONNRESET',
    'UND_ERR_HEADERS_OVERFLOW',
    'HPE_INVALID_CHUNK_SIZE',
    'ERR_SSL_DECRYPTION_FAILED_OR_BAD_RECORD_MAC',
    'ETIMEDOUT',
  ];
  expect(codes('headers', false, list)).toEqual([
    'CONN_RESET',
    'CONN_RESET',
    'CONN_RESET',
    'HEADERS_TOO_BIG',
    'HTTP_PROTOCOL',
    'TLS_INVALID',
    'CONN_RESET',
  ]);
  expect(codes('body', false, list)).toEqual([
    'BODY_TRUNCATED',
    'BODY_TRUNCATED',
    'CONN_RESET',
    'HEADERS_TOO_BIG',
    'HTTP_PROTOCOL',
    'TLS_INVALID',
    'CONN_RESET',
  ]);
});

test('no sentence repeats what the library said, and an error of ours passes as it is', () => {
  for (const phase of ['connect', 'headers', 'body'] as const) {
    for (const code of ['ECONNREFUSED', 'EWHATEVER', 'CERT_HAS_EXPIRED', '']) {
      expect(toNetError(failure(code), phase, true).message).not.toMatch(/secret|http:/);
    }
  }
  const own = new AppError('TOTAL_TIMEOUT', 'Too long.');
  expect(toNetError(own, 'body')).toBe(own);
});

test('a span is said in seconds', () => {
  expect([inSeconds(15_000), inSeconds(1000), inSeconds(400)]).toEqual(['15 seconds', '1 second', '0.4 seconds']);
});
