/** What a request is for; decides lanes, accepted types and limits. */
export type Purpose = 'feed' | 'hacker-news' | 'page' | 'image';

export type DownloadRequest = {
  url: string;
  purpose: Purpose;
  /** Sent as If-None-Match and If-Modified-Since. */
  validators?: { etag?: string; lastModified?: string };
  /** The owner allowed the local network for this source. */
  allowLocalNetwork?: boolean;
  /** The owner allowed https to http. */
  allowDowngrade?: boolean;
  /** The whole request, milliseconds; default 30,000. */
  timeoutMs?: number;
  /** A source that failed last time: uses at most a quarter of the lanes. */
  isSuspect?: boolean;
  /** The request has its lane and goes out now; until then it stood in line. Not called again at a redirect. */
  onStart?: () => void;
  signal?: AbortSignal;
};

export type Validators = { etag?: string; lastModified?: string };

export type Redirect = { from: string; to: string; status: number };

type Answer = {
  /** After redirects, without credentials. */
  finalUrl: string;
  redirects: Redirect[];
  /** The address to use from now on, when every redirect was permanent (301, 308). */
  movedTo?: string;
  status: number;
  /** As the server sent them now: at most 1 KiB each, dropped when malformed. */
  validators: Validators;
  /** How long the server says the answer is good for, milliseconds; from Cache-Control or Expires, clamped to 24 h. */
  freshForMs?: number;
  /** Bytes on the wire. */
  wireBytes: number;
  ms: number;
};

export type Download =
  | (Answer & { kind: 'not-modified' })
  | (Answer & { kind: 'body'; bytes: Uint8Array; contentType?: string; contentLocation?: string });

/** Something handed to a server: a message, an edition. */
export type PostRequest = {
  url: string;
  /** At most 4 MiB. */
  body: string | Uint8Array;
  contentType: string;
  /** More header lines, by name. Those that say where a message ends or who asks are refused. */
  headers?: Readonly<Record<string, string>>;
  /** The owner allowed the local network for this address. */
  allowLocalNetwork?: boolean;
  /** The whole request, milliseconds; default 30,000. */
  timeoutMs?: number;
  signal?: AbortSignal;
};

/** What a server answered to it, 2xx, 4xx or 5xx. */
export type PostAnswer = {
  status: number;
  /** The beginning of its body, at most 64 KiB; nothing when it was packed. */
  bytes: Uint8Array;
  /** How long the server asks us to wait, milliseconds in [60 s, 24 h]. */
  retryAfterMs?: number;
  ms: number;
};

/** The only way out to the network. */
export type Downloader = {
  /**
   * Sends once, on a connection of its own, and follows no redirect. Throws AppError; `details.wasSent` is false when surely
   * no byte reached the server, so that it may be sent again, and true when the server may have taken it.
   */
  post: (request: PostRequest) => Promise<PostAnswer>;
  /** Throws AppError with a code of the network part of the list; `details.retryAfterMs` and `details.status` where a server answered. */
  download: (request: DownloadRequest) => Promise<Download>;
  /** Changes how many requests may be in flight, 1 to 64. */
  setLanes: (lanes: number) => void;
  /** Loads what the first request would wait for. */
  warmUp: () => Promise<void>;
  close: () => Promise<void>;
};
