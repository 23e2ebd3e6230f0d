import type { Message, MessageWebhook } from '../../preload/contract/message.ts';
import type { PostRequest } from '../net/download-types.ts';
import { inWords, totalPosts } from './words.ts';

/** The format of what is posted; a new number means that something was taken away or means something else. */
const FORMAT = 1;

/** A message as a webhook gets it. Described in docs/operating.md. */
export const toWebhook = (
  message: Pick<Message, 'id' | 'at' | 'parts'>,
  { url, allowLocalNetwork }: MessageWebhook,
  token: string | undefined,
): PostRequest => {
  const { sources, more, rules, problems, digests } = message.parts;
  const { title, body } = inWords(message.parts);
  const posts = { total: totalPosts(message.parts), more, sources };
  const payload = { format: FORMAT, from: 'Tidings', id: message.id, at: message.at, title, text: body, posts, rules };
  return {
    url,
    allowLocalNetwork,
    contentType: 'application/json; charset=utf-8',
    // One that gets the same message twice can tell, and Tidings itself sends it again only where it surely did not arrive.
    headers: { 'idempotency-key': message.id, ...(token ? { authorization: `Bearer ${token}` } : {}) },
    body: JSON.stringify({ ...payload, problems: problems.map(({ text }) => text), digests: digests.map(({ text }) => text) }),
  };
};
