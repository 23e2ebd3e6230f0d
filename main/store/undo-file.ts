import { join } from 'node:path';
import type { StoreContext } from './context.ts';
import { encodeRecord, recordAt } from './format.ts';
import { errnoOf, type OpenFile, readSpan, syncFolderOf, writeAll } from './fs.ts';

const NAME = /^undo-([a-z0-9-]{1,64})\.log$/;
const WINDOW_BYTES = 1 << 20;
/** The largest record that is believed, in bytes. */
const MAX_RECORD_BYTES = 1 << 28;

/** The file of one entry: what was removed, batch after batch, never in memory as a whole. */
export const undoFileName = (id: string): string => `undo-${id}.log`;

/** The ids of the undo files among the names in a folder. */
export const undoIdsIn = (names: readonly string[]): string[] => names.flatMap((name) => NAME.exec(name)?.[1] ?? []);

/**
 * Adds one batch at `end`, or at the end of the file, and syncs it; answers where it ends. What a failed write left behind is written
 * over by the next. Rejects with Node's error codes.
 */
export const appendUndoBatch = async (
  { fs, dir }: StoreContext,
  id: string,
  batch: unknown,
  end: number | undefined,
): Promise<number> => {
  const path = join(dir, undoFileName(id));
  let isNew = false;
  const file = await fs.openWrite(path).catch((error: unknown) => {
    if (errnoOf(error) !== 'ENOENT') throw error;
    isNew = true;
    return fs.create(path);
  });
  try {
    const record = encodeRecord(JSON.stringify(batch));
    const at = end ?? (isNew ? 0 : await file.size());
    await writeAll(file, record, at);
    await file.datasync();
    // Also where it was there before: the sync that should have kept its name may have failed.
    if (at === 0) await syncFolderOf(fs, path);
    return at + record.byteLength;
  } finally {
    await file.close();
  }
};

/** The batches from the beginning, one at a time. What a crash cut off at the end is left out. */
export async function* readUndoBatches({ fs, dir }: StoreContext, id: string): AsyncGenerator<unknown> {
  const file: OpenFile = await fs.openRead(join(dir, undoFileName(id)));
  try {
    let at = 0;
    let window = WINDOW_BYTES;
    for (;;) {
      const bytes = await readSpan(file, at, window);
      const record = recordAt(bytes, 0);
      if (record) {
        yield JSON.parse(bytes.toString('utf8', record.bodyStart, record.bodyEnd));
        at += record.end;
        window = WINDOW_BYTES;
      } else {
        if (bytes.byteLength < window || window > MAX_RECORD_BYTES) return;
        window *= 2;
      }
    }
  } finally {
    await file.close();
  }
}
