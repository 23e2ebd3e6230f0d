import { AppError } from '../../preload/contract/errors.ts';
import type { Message, MessageTelegram } from '../../preload/contract/message.ts';
import type { PostRequest } from '../net/download-types.ts';
import { cut, inWords, oneLine } from './words.ts';

/** The longest text of a message (Bot API, sendMessage: 1-4096 characters). */
export const MOST_TEXT = 4096;
const MOST_POST = 300;
const TOKEN = /^\d{1,20}:[\w-]{10,100}$/;

/** The text: what a desktop would show, then the posts with their links. Plain, so that no word of a feed can be markup. */
export const toText = ({ parts }: Pick<Message, 'parts'>): string => {
  const { title, body } = inWords(parts);
  const isOne = parts.sources.length === 1;
  const lines = parts.sources.flatMap(({ title: source, posts, total }) => [
    '',
    ...(isOne ? [] : [oneLine(source)]),
    ...posts.map(
      (post) => `• ${cut(oneLine(post.title) || 'A post without a title', MOST_POST)}${post.url ? `\n${post.url}` : ''}`,
    ),
    ...(total > posts.length ? [`… and ${total - posts.length} more`] : []),
  ]);
  // With one source, the desktop's text is the titles, and they come with their links.
  const summary = isOne && parts.rules.length + parts.problems.length + parts.digests.length === 0 ? title : `${title}\n${body}`;
  return cut([summary, ...lines].join('\n').trim(), MOST_TEXT);
};

/** A message as the Bot API takes it. Throws USAGE when there is no token, or what is set is none. */
export const toTelegram = (
  message: Pick<Message, 'parts'>,
  { chatId, api, allowLocalNetwork }: MessageTelegram,
  token: string | undefined,
): PostRequest => {
  if (!token) throw new AppError('USAGE', 'The token of the bot is not set.');
  if (!TOKEN.test(token)) throw new AppError('USAGE', 'The token of the bot does not look like one.');
  const body = { chat_id: chatId, text: toText(message), link_preview_options: { is_disabled: true } };
  return {
    url: `${api.replace(/\/+$/, '')}/bot${token}/sendMessage`,
    allowLocalNetwork,
    contentType: 'application/json; charset=utf-8',
    body: JSON.stringify(body),
  };
};

/** What the Bot API says of a message it did not take: in words, and how long it wants us to wait. */
export const readTelegram = (bytes: Uint8Array): { words: string; retryAfterMs?: number } => {
  try {
    const answer = JSON.parse(Buffer.from(bytes).toString('utf8')) as {
      description?: unknown;
      parameters?: { retry_after?: unknown };
    } | null;
    const words = typeof answer?.description === 'string' ? cut(oneLine(answer.description), 150) : '';
    const seconds = Number(answer?.parameters?.retry_after);
    return seconds > 0 ? { words, retryAfterMs: Math.min(seconds, 24 * 3600) * 1000 } : { words };
  } catch {
    return { words: '' };
  }
};
