import { type Handlers, type MethodName, paramSchemas, type Reply } from '../../preload/contract/contract.ts';
import { AppError, toErrorData } from '../../preload/contract/errors.ts';
import { toPlain } from './to-plain.ts';

type AnyHandler = (params: unknown) => unknown;

const isMethod = (name: unknown): name is MethodName => typeof name === 'string' && Object.hasOwn(paramSchemas, name);

/** The params as their schema has them, defaults filled in. Throws IPC_INVALID naming the field. */
const checkParams = (method: MethodName, params: unknown): unknown => {
  const checked = paramSchemas[method].safeParse(params);
  if (checked.success) return checked.data;
  const issue = checked.error.issues[0];
  const field = issue?.path.join('.') ?? '';
  const what = issue?.message ?? 'Invalid input';
  throw new AppError('IPC_INVALID', field ? `${field}: ${what}.` : `${what}.`, field ? { field } : {});
};

/**
 * The only door: finds the method, checks the params, calls the handler. Answers with data and never throws: unknown methods and
 * wrong params are IPC_INVALID, questions over 1 MiB IPC_TOO_BIG. `onUnexpected` hears of errors that nobody foresaw.
 */
export const dispatch = async (
  handlers: Handlers,
  method: unknown,
  params: unknown,
  onUnexpected: (method: string, error: unknown) => void = () => {},
): Promise<Reply> => {
  try {
    if (!isMethod(method)) throw new AppError('IPC_INVALID', 'There is no such method.');
    const checked = checkParams(method, toPlain(params ?? {}));
    return { ok: true, result: await (handlers[method] as AnyHandler)(checked) };
  } catch (error) {
    if (!(error instanceof AppError)) onUnexpected(String(method), error);
    return { ok: false, error: toErrorData(error) };
  }
};
