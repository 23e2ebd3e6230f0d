import { AppError } from '../../preload/contract/errors.ts';

/** More than any secret has, in bytes. */
const MOST = 64 << 10;

const cancelled = (): AppError => new AppError('CANCELLED', 'Nothing was changed.');

/** Keys that are no part of a secret: Enter ends it, Ctrl+C and Ctrl+D give it up, Backspace takes a character back. */
const takeKey = (typed: string, key: string): { typed: string; isDone: boolean } => {
  if (key === '\r' || key === '\n') return { typed, isDone: true };
  if (key === '\u0003' || key === '\u0004') throw cancelled();
  if (key === '\u007f' || key === '\b') return { typed: [...typed].slice(0, -1).join(''), isDone: false };
  return { typed: typed + key, isDone: false };
};

/** What is typed into a terminal without being shown, up to Enter. Throws CANCELLED. */
const readHidden = (stdin: NodeJS.ReadStream): Promise<string> =>
  new Promise((resolve, reject) => {
    let typed = '';
    const stop = (): void => {
      stdin.off('data', hear);
      stdin.setRawMode(false);
      stdin.pause();
    };
    const hear = (chunk: string): void => {
      try {
        for (const key of chunk) {
          const after = takeKey(typed, key);
          typed = after.typed.slice(0, MOST);
          if (!after.isDone) continue;
          stop();
          resolve(typed);
          return;
        }
      } catch (error) {
        stop();
        reject(error as Error);
      }
    };
    stdin.setEncoding('utf8');
    stdin.setRawMode(true);
    stdin.on('data', hear);
    stdin.resume();
  });

const readPiped = async (stdin: NodeJS.ReadableStream): Promise<string> => {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of stdin) {
    chunks.push(Buffer.from(chunk as Buffer));
    bytes += chunks.at(-1)?.length ?? 0;
    if (bytes > MOST) throw new AppError('USAGE', 'That is too long for a secret.');
  }
  return Buffer.concat(chunks)
    .toString('utf8')
    .replace(/\r?\n$/, '');
};

/** Reads a secret from standard input: what is piped in without its last line break, or what is typed, unseen. */
export const readSecretInput = (stdin: NodeJS.ReadStream, tell: (line: string) => void): Promise<string> => {
  if (!stdin.isTTY) return readPiped(stdin);
  tell('Type it and press Enter. It is not shown.');
  return readHidden(stdin);
};
