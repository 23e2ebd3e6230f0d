import { AppError, toAppError } from '../../preload/contract/errors.ts';
import type { Message, MessageSink, Notifications } from '../../preload/contract/message.ts';
import type { Secrets } from '../lib/secrets.ts';
import type { Downloader, PostAnswer, PostRequest } from '../net/download-types.ts';
import { type Outcome, ofAnswer, ofError } from './outcome.ts';
import { readTelegram, toTelegram } from './telegram.ts';
import { toWebhook } from './webhook.ts';

/** What handing over needs. */
export type SendDeps = {
  post: Downloader['post'];
  secrets: Pick<Secrets, 'get'>;
  settings: () => Notifications;
};
type Content = Pick<Message, 'id' | 'at' | 'parts'>;

const toRequest = async (
  { secrets, settings }: SendDeps,
  sink: MessageSink,
  content: Content,
): Promise<PostRequest | undefined> => {
  const { webhook, telegram } = settings();
  if (sink === 'webhook') return webhook ? toWebhook(content, webhook, await secrets.get('notify-webhook-token')) : undefined;
  return telegram ? toTelegram(content, telegram, await secrets.get('telegram-token')) : undefined;
};

const judge = (sink: MessageSink, answer: PostAnswer): Outcome => {
  if (sink === 'webhook') return ofAnswer(answer);
  const { words, retryAfterMs } = readTelegram(answer.bytes);
  return ofAnswer({ ...answer, ...(retryAfterMs === undefined ? {} : { retryAfterMs }) }, words);
};

/** Hands a message over once; never rejects. Undefined when the sink is not set up any more. */
export const sendOnce = async (
  deps: SendDeps,
  sink: MessageSink,
  content: Content,
  signal: AbortSignal,
): Promise<Outcome | undefined> => {
  let request: PostRequest | undefined;
  try {
    request = await toRequest(deps, sink, content);
  } catch (thrown) {
    // Nothing went out yet, whatever went wrong.
    const { code, message, details } = toAppError(thrown);
    return ofError(new AppError(code, message, { ...details, wasSent: false }));
  }
  if (!request) return undefined;
  try {
    return judge(sink, await deps.post({ ...request, signal }));
  } catch (thrown) {
    return ofError(thrown);
  }
};
