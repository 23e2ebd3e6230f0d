/** What one request may take and bring. Times in milliseconds, sizes in bytes. */
export type Limits = {
  connectMs: number;
  headersMs: number;
  idleMs: number;
  totalMs: number;
  dnsMs: number;
  headerBytes: number;
  wireBytes: number;
  decodedBytes: number;
  /** Of one picture, on the wire and decoded. */
  imageBytes: number;
  /** Decoded to wire; looked at beyond `ratioFromBytes` decoded. */
  ratio: number;
  ratioFromBytes: number;
  encodings: number;
  redirects: number;
  /** From the end of one request to the start of the next to the same host. */
  hostPauseMs: number;
  /** A body beyond this is big; `bigBodies` may be held at once. */
  bigBodyBytes: number;
  bigBodies: number;
  /** How long an unused connection to the Hacker News API is kept; to others, just longer than the pause. */
  keepAliveMs: number;
  /** From the end of a sleep to the second try of what it cut off. */
  wakeMs: number;
};

const MIB = 1024 * 1024;

/** The limits of the hostile world's table. */
export const DEFAULT_LIMITS: Limits = {
  connectMs: 10_000,
  headersMs: 15_000,
  idleMs: 15_000,
  totalMs: 30_000,
  dnsMs: 10_000,
  headerBytes: 16 * 1024,
  wireBytes: 10 * MIB,
  decodedBytes: 20 * MIB,
  imageBytes: 5 * MIB,
  ratio: 100,
  ratioFromBytes: MIB,
  encodings: 2,
  redirects: 5,
  hostPauseMs: 1000,
  bigBodyBytes: MIB,
  bigBodies: 8,
  keepAliveMs: 20_000,
  wakeMs: 5_000,
};

/** The most requests in flight, and the default. */
export const MAX_LANES = 64;
