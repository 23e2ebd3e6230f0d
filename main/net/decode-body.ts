import { once } from 'node:events';
import {
  brotliDecompressSync,
  constants,
  createBrotliDecompress,
  createGunzip,
  createInflate,
  createInflateRaw,
  createZstdDecompress,
  gunzipSync,
  inflateRawSync,
  inflateSync,
  zstdDecompressSync,
} from 'node:zlib';
import { AppError } from '../../preload/contract/errors.ts';
import { type Headers, list } from './headers.ts';
import type { Limits } from './limits.ts';

type Coding = 'gzip' | 'br' | 'deflate' | 'raw-deflate' | 'zstd';

/* Up to here a body is decoded at once on this thread: one short call costs less than a stream of the thread pool. */
const AT_ONCE_WIRE = 64 * 1024;
const AT_ONCE_DECODED = 512 * 1024;
const SLICE = 32 * 1024;

/* A zstd window may be 8 MiB (RFC 9659); without this a few bytes could ask for 128 MiB of memory. */
const ZSTD = { params: { [constants.ZSTD_d_windowLogMax]: 23 } };

const atOnce = (coding: Coding, bytes: Buffer, maxOutputLength: number): Buffer => {
  if (coding === 'zstd') return zstdDecompressSync(bytes, { ...ZSTD, maxOutputLength });
  return SYNC[coding](bytes, { maxOutputLength });
};
const SYNC = { gzip: gunzipSync, br: brotliDecompressSync, deflate: inflateSync, 'raw-deflate': inflateRawSync };
const STREAM = {
  gzip: () => createGunzip(),
  br: () => createBrotliDecompress(),
  deflate: () => createInflate(),
  'raw-deflate': () => createInflateRaw(),
  zstd: () => createZstdDecompress(ZSTD),
};

const NAMES: Readonly<Record<string, Coding>> = {
  gzip: 'gzip',
  'x-gzip': 'gzip',
  br: 'br',
  deflate: 'deflate',
  zstd: 'zstd',
};

const badEncoding = (cause?: unknown): AppError =>
  new AppError('BODY_ENCODING', 'The server compressed its answer in a way that cannot be read.', { cause });

/** The codings of a body, outermost last. Throws BODY_ENCODING for an unknown one or more than `max`. */
export const toCodings = (headers: Headers, max: number): string[] => {
  const codings = list(headers, 'content-encoding').filter((name) => name !== 'identity');
  if (codings.length > max || codings.some((name) => !NAMES[name])) throw badEncoding();
  return codings;
};

/* "deflate" means zlib (RFC 9110, 8.4.1.2), but some servers send it raw. */
const toCoding = (name: string, bytes: Buffer): Coding => {
  const isZlib = bytes.length >= 2 && ((bytes[0] ?? 0) & 0x0f) === 8 && bytes.readUInt16BE(0) % 31 === 0;
  return name === 'deflate' && !isZlib ? 'raw-deflate' : (NAMES[name] ?? 'gzip');
};

const CUT = new Set(['Z_BUF_ERROR', 'ZSTD_error_srcSize_wrong', 'ZSTD_error_checksum_wrong']);

const toDecodeError = (error: unknown): AppError => {
  if (error instanceof AppError) return error;
  const { code, message } = error as { code?: string; message?: string };
  const isCut = CUT.has(code ?? '') || /unexpected end of file|incorrect (?:data|length) check/.test(message ?? '');
  return isCut ? new AppError('BODY_TRUNCATED', 'The answer stopped before its end.', { cause: error }) : badEncoding(error);
};

const tooBig = (limits: Limits): AppError =>
  new AppError('BODY_TOO_BIG', `The answer is larger than ${Math.round(limits.decodedBytes / 1024 / 1024)} MB.`);

const bomb = (): AppError => new AppError('BODY_BOMB', 'The answer swells to many times its size when it is unpacked.');

/* One layer through the thread pool, slice by slice, counting what comes out against what went in. */
const decodeSlowly = async (
  coding: Coding,
  bytes: Buffer,
  wireBytes: number,
  limits: Limits,
  signal: AbortSignal,
): Promise<Buffer> => {
  const stream = STREAM[coding]();
  const chunks: Buffer[] = [];
  let decoded = 0;
  let failure: unknown;
  stream.on('error', (error) => {
    failure ??= error;
  });
  stream.on('data', (chunk: Buffer) => {
    chunks.push(chunk);
    decoded += chunk.length;
    const wentIn = Math.min(Math.max(stream.bytesWritten, 1), wireBytes);
    if (decoded > limits.ratioFromBytes && decoded > wentIn * limits.ratio) stream.destroy(bomb());
    else if (decoded > limits.decodedBytes) stream.destroy(tooBig(limits));
  });
  const stop = (): void => void stream.destroy(signal.reason);
  signal.addEventListener('abort', stop, { once: true });
  const closed = once(stream, 'close').catch(() => undefined);
  for (let at = 0; at < bytes.length && !stream.destroyed; at += SLICE) {
    if (!stream.write(bytes.subarray(at, at + SLICE))) await Promise.race([once(stream, 'drain').catch(() => undefined), closed]);
  }
  if (!stream.destroyed) stream.end();
  await closed;
  signal.removeEventListener('abort', stop);
  if (failure !== undefined) throw failure;
  return Buffer.concat(chunks, decoded);
};

const isTooLargeForOnce = (error: unknown): boolean => (error as { code?: string }).code === 'ERR_BUFFER_TOO_LARGE';

/**
 * A body unpacked, outermost coding first, within the limits: `decodedBytes`, and beyond 1 MiB at most `ratio` times the wire.
 * Throws BODY_ENCODING, BODY_TRUNCATED, BODY_BOMB, BODY_TOO_BIG. `onBig` is awaited before more than half a MiB is unpacked.
 */
export const decodeBody = async (
  wire: Buffer,
  codings: readonly string[],
  limits: Limits,
  signal: AbortSignal,
  onBig: () => Promise<void>,
): Promise<Buffer> => {
  let bytes = wire;
  for (const name of codings.toReversed()) {
    if (bytes.length === 0) break;
    const coding = toCoding(name, bytes);
    try {
      bytes = await decodeLayer(coding, bytes, wire.length, limits, signal, onBig);
    } catch (error) {
      if (signal.aborted) throw signal.reason;
      throw toDecodeError(error);
    }
  }
  return bytes;
};

const decodeLayer = async (
  coding: Coding,
  bytes: Buffer,
  wireBytes: number,
  limits: Limits,
  signal: AbortSignal,
  onBig: () => Promise<void>,
): Promise<Buffer> => {
  const most = Math.min(AT_ONCE_DECODED, limits.decodedBytes, limits.ratioFromBytes);
  if (bytes.length <= Math.min(AT_ONCE_WIRE, most)) {
    try {
      return atOnce(coding, bytes, most);
    } catch (error) {
      if (!isTooLargeForOnce(error)) throw error;
    }
  }
  await onBig();
  return decodeSlowly(coding, bytes, wireBytes, limits, signal);
};
