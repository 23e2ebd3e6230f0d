/** Every code an error or a warning may carry. The list is closed: a new code is a decision, not a detail. */
export const ERROR_CODES = [
  'DNS_FAIL',
  'CONN_REFUSED',
  'CONN_TIMEOUT',
  'HEADER_TIMEOUT',
  'IDLE_TIMEOUT',
  'TOTAL_TIMEOUT',
  'CONN_RESET',
  'TLS_INVALID',
  'TLS_DOWNGRADE',
  'HEADERS_TOO_BIG',
  'HTTP_PROTOCOL',
  'BODY_TOO_BIG',
  'BODY_BOMB',
  'BODY_ENCODING',
  'BODY_TRUNCATED',
  'REDIRECT_LIMIT',
  'REDIRECT_LOOP',
  'REDIRECT_SCHEME',
  'ADDR_BLOCKED',
  'HTTP_4XX',
  'HTTP_401',
  'HTTP_GONE',
  'HTTP_429',
  'HTTP_5XX',
  'NOT_MODIFIED_UNCACHED',
  'NOT_A_FEED',
  'CAPTIVE_PORTAL',
  'DOC_MALFORMED',
  'DOC_DOCTYPE',
  'DOC_TOO_DEEP',
  'DOC_TOO_BIG',
  'DOC_CHARSET',
  'PARSE_TIMEOUT',
  'PARSE_MEMORY',
  'HN_LIST',
  'HN_PARTIAL',
  'SCHED_INVALID',
  'SCHED_NEVER',
  'SCHED_MISSED',
  'SCHED_OVERLAP',
  'STORE_FULL',
  'STORE_READONLY',
  'STORE_CORRUPT',
  'STORE_NEWER',
  'STORE_LOCKED',
  'STORE_IO',
  'IPC_FORBIDDEN',
  'IPC_INVALID',
  'IPC_TOO_BIG',
  'OPML_DOCTYPE',
  'OPML_MALFORMED',
  'OPML_EMPTY',
  'MAIL_AUTH',
  'MAIL_CONNECT',
  'MAIL_TLS',
  'MAIL_TIMEOUT',
  'MAIL_RCPT_REJECTED',
  'MAIL_IN_DOUBT',
  'MAIL_INPUT',
  'HOST_FORBIDDEN',
  'HOST_TOO_BIG',
  'INTERRUPTED',
  'CANCELLED',
  'RUN_TIMEOUT',
  'OFFLINE',
  'NOT_FOUND',
  'CONFLICT',
  'USAGE',
  'INTERNAL',
] as const;
export type ErrorCode = (typeof ERROR_CODES)[number];

/** Something was put right or left out; the work went on. */
export const WARNING_CODES = [
  'W_ITEM_DROPPED',
  'W_FIELD_DROPPED',
  'W_TRUNCATED',
  'W_DATE_GUESSED',
  'W_MOVED',
  'W_CLOCK_JUMP',
] as const;
export type WarningCode = (typeof WARNING_CODES)[number];

/** What crosses a wire in place of a result. `message` is a sentence for people, at most 300 characters, without secrets. */
export type ErrorData = { code: ErrorCode; message: string; field?: string };

/** What is known beside the sentence, for the code that decides what to do next. */
export type ErrorDetails = {
  /** The HTTP status, when a server answered. */
  status?: number;
  /** How long the server asked us to wait, in milliseconds, already clamped to [60 s, 24 h]. */
  retryAfterMs?: number;
  /** The computer slept in the middle: nobody else is to blame. */
  wasAsleep?: boolean;
  /** Of a POST: false when surely no byte of it reached the server, so that it may be sent again. */
  wasSent?: boolean;
  /** The input field that is wrong, for forms. */
  field?: string;
  cause?: unknown;
};

/** The longest error sentence that is stored or shown, in characters. */
export const MAX_ERROR_MESSAGE = 300;

/** An error with a code from the closed list and a sentence a person can read: *"The server answered 404."* */
export class AppError extends Error {
  readonly code: ErrorCode;
  readonly details: ErrorDetails;
  constructor(code: ErrorCode, message: string, details: ErrorDetails = {}) {
    super(message.slice(0, MAX_ERROR_MESSAGE), { cause: details.cause });
    this.name = 'AppError';
    this.code = code;
    this.details = details;
  }
}

/** Any thrown value as an AppError; what we did not foresee becomes INTERNAL. */
export const toAppError = (thrown: unknown): AppError => {
  if (thrown instanceof AppError) return thrown;
  const text = thrown instanceof Error ? thrown.message : String(thrown);
  return new AppError('INTERNAL', `Something unexpected went wrong: ${text}`, { cause: thrown });
};

/** The part of an error that may cross a wire. */
export const toErrorData = (thrown: unknown): ErrorData => {
  const error = toAppError(thrown);
  return { code: error.code, message: error.message, ...(error.details.field ? { field: error.details.field } : {}) };
};
