import type { Backup } from '../../preload/contract/backup.ts';
import { words } from '../words/words.ts';
import type { Answer, Client } from './client.ts';

/** As much of a file as fits into one question, bytes. */
const PIECE_BYTES = 500_000;
/** As many bytes as a call may have arguments. */
const CALL = 8192;

const toBase64 = (bytes: Uint8Array): string => {
  let text = '';
  for (let at = 0; at < bytes.length; at += CALL) text += String.fromCharCode(...bytes.subarray(at, at + CALL));
  return btoa(text);
};

const newId = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(6)), (byte) => byte.toString(16).padStart(2, '0')).join('');

/** Hands a backup file to the host, piece by piece; it is read back there. `onProgress` gets how much is over, 0 to 1. */
export const bringBackup = async (
  client: Pick<Client, 'request'>,
  file: Blob,
  onProgress: (part: number) => void = () => undefined,
): Promise<Answer<Backup>> => {
  const id = newId();
  for (let from = 0; ; from += PIECE_BYTES) {
    const isLast = from + PIECE_BYTES >= file.size;
    let data: string;
    try {
      data = toBase64(new Uint8Array(await file.slice(from, from + PIECE_BYTES).arrayBuffer()));
    } catch {
      return { ok: false, error: { code: 'IPC_INVALID', message: words.client.fileGone } };
    }
    const answer = await client.request('backups.bring', { id, from, data, isLast });
    if (!answer.ok) return answer;
    onProgress(isLast ? 1 : (from + PIECE_BYTES) / file.size);
    if (answer.result.backup) return { ok: true, result: answer.result.backup };
    if (isLast) return { ok: false, error: { code: 'INTERNAL', message: words.client.fileGone } };
  }
};
