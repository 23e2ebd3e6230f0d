import type { Message } from '../../preload/contract/message.ts';
import type { Collection } from './collection.ts';
import type { MessagesRepository } from './repositories.ts';
import type { Shape } from './rows.ts';

export const messagesShape: Shape<Message> = { name: 'messages', keyOf: (row) => row.id, migrations: [(row) => row] };

/** The messages, in the order they were made. */
export const createMessages = (rows: Collection<Message>): MessagesRepository => ({
  all: rows.all,
  get: rows.get,
  put: rows.put,
  remove: rows.remove,
});
