import { AppError, type ErrorCode, toAppError } from '../../preload/contract/errors.ts';
import { errnoOf } from './fs.ts';

const BY_ERRNO: Readonly<Record<string, [ErrorCode, string]>> = {
  ENOSPC: ['STORE_FULL', 'The disk is full. Nothing can be saved until there is space again.'],
  EDQUOT: ['STORE_FULL', 'The disk quota is used up. Nothing can be saved until there is space again.'],
  EFBIG: ['STORE_FULL', 'A file has reached the largest size the system allows.'],
  EROFS: ['STORE_READONLY', 'The data folder is on a disk that cannot be written to.'],
  EACCES: ['STORE_READONLY', 'The data folder may not be written to.'],
  EPERM: ['STORE_READONLY', 'The data folder may not be written to.'],
};

/** A failed file operation as an error for people: STORE_FULL, STORE_READONLY or STORE_IO. */
export const toStoreError = (thrown: unknown): AppError => {
  if (thrown instanceof AppError) return thrown;
  const errno = errnoOf(thrown);
  // Not the file system's doing: a mistake of ours must not look like one.
  if (!errno) return toAppError(thrown);
  const [code, message] = BY_ERRNO[errno] ?? ['STORE_IO', `The data folder cannot be read or written (${errno}).`];
  return new AppError(code, message, { cause: thrown });
};
