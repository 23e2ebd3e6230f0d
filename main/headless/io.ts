/** What a command sees of the process it runs in; a test gives its own. */
export type Io = {
  /** Writes to stdout; settles when it is handed over, also when nobody reads any more. */
  out: (text: string) => Promise<void>;
  /** One line for people, on stderr. */
  tell: (line: string) => void;
  /** A log line, on stderr. */
  log: (line: string) => void;
  /** Reads a secret from standard input, unseen where it is typed. */
  readSecret?: () => Promise<string>;
  env: Readonly<Record<string, string | undefined>>;
  /** Where the command was typed. */
  cwd: string;
  /** Aborted by SIGINT, SIGTERM and SIGHUP. */
  signal: AbortSignal;
  now: () => number;
};

/** A command: settles with the exit code (0 done, 1 the work failed). Throws AppError. */
export type Command = (args: string[], io: Io) => Promise<number>;

const handOver = (stream: NodeJS.WriteStream, text: string): Promise<void> =>
  new Promise((resolve) => {
    stream.write(text, () => resolve());
  });

/** The real process. */
export const processIo = (signal: AbortSignal): Io => {
  // A reader that went away (`| head`) is no error of ours.
  process.stdout.on('error', () => {});
  process.stderr.on('error', () => {});
  return {
    out: (text) => handOver(process.stdout, text),
    tell: (line) => void process.stderr.write(`${line}\n`),
    log: (line) => void process.stderr.write(line),
    readSecret: async () => {
      const { readSecretInput } = await import('./secret-input.ts');
      return readSecretInput(process.stdin, (line) => void process.stderr.write(`${line}\n`));
    },
    env: process.env,
    cwd: process.cwd(),
    signal,
    now: Date.now,
  };
};

/** Writes one JSON document. */
export const printJson = (io: Io, value: unknown): Promise<void> => io.out(`${JSON.stringify(value)}\n`);
