import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { open, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { PostRoute } from './routes.ts';
import { newSecret } from './sessions.ts';

/*
 * How `tidings open` gets a fresh link from the host that runs: a file in the data folder that only its owner can read names the port
 * and a secret of this start. The secret never crosses the wire; each side proves that it knows it, so that a stranger on a
 * port that was once ours learns nothing and can give no link.
 */
const FILE = 'headless-door.json';
const doorSchema = z.object({ port: z.int().min(1).max(65_535), pid: z.int(), secret: z.string().min(40).max(100) });
/** Where the running host listens, and the secret of this start. */
export type Door = z.infer<typeof doorSchema>;

const proof = (secret: string, ...parts: string[]): string =>
  createHmac('sha256', secret).update(parts.join('\n')).digest('base64url');

const isSame = (left: string, right: string): boolean =>
  left.length === right.length && timingSafeEqual(Buffer.from(left), Buffer.from(right));

/** Writes the door of this start, readable by its owner only. */
export const writeDoor = async (dir: string, port: number): Promise<Door> => {
  const door: Door = { port, pid: process.pid, secret: newSecret() };
  const temporary = join(dir, `${FILE}.${randomBytes(6).toString('hex')}.tmp`);
  // Made anew and exclusively: a link planted under this name is not followed.
  const file = await open(temporary, 'wx', 0o600);
  try {
    await file.writeFile(JSON.stringify(door));
  } finally {
    await file.close();
  }
  await rename(temporary, join(dir, FILE));
  return door;
};

/** The door of the host that runs on this data folder, if one says so. */
export const readDoor = async (dir: string): Promise<Door | undefined> => {
  try {
    return doorSchema.parse(JSON.parse(await readFile(join(dir, FILE), 'utf8')));
  } catch {
    return undefined;
  }
};

/** Takes the door away when the host stops. */
export const removeDoor = (dir: string): Promise<void> => rm(join(dir, FILE), { force: true });

/** `POST /link`: a fresh link for who proves to know the secret. */
export const linkRoute =
  (secret: () => string, newLink: () => string): PostRoute =>
  ({ nonce, proof: shown }) => {
    if (typeof nonce !== 'string' || typeof shown !== 'string' || nonce.length > 100) return { status: 401 };
    if (!isSame(shown, proof(secret(), 'ask', nonce))) return { status: 401 };
    const link = newLink();
    return { status: 200, body: { link, proof: proof(secret(), 'answer', nonce, link) } };
  };

const answerSchema = z.object({ link: z.string().max(500), proof: z.string().max(100) });

/** A fresh link from the host behind the door; undefined when nobody is there or the answer is not from the one we know. */
export const askForLink = async ({ port, secret }: Door): Promise<string | undefined> => {
  const nonce = newSecret();
  try {
    const response = await fetch(`http://127.0.0.1:${port}/link`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ nonce, proof: proof(secret, 'ask', nonce) }),
      redirect: 'error',
      signal: AbortSignal.timeout(5000),
    });
    const answer = answerSchema.parse(await response.json());
    return isSame(answer.proof, proof(secret, 'answer', nonce, answer.link)) ? answer.link : undefined;
  } catch {
    return undefined;
  }
};
