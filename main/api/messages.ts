import type { Handlers } from '../../preload/contract/contract.ts';
import type { Message, MessageSink, MessagesState, MessageTest } from '../../preload/contract/message.ts';
import { toInstant } from '../lib/clock.ts';
import { newId } from '../lib/ids.ts';
import { NO_PARTS } from '../notify/parts.ts';
import { sendOnce } from '../notify/send.ts';
import { inWords } from '../notify/words.ts';
import type { Services } from './services.ts';

type MessageHandlers = Pick<Handlers, 'messages.state' | 'messages.test'>;

/** Held messages shown. */
const MOST_SHOWN = 20;
const SINKS: readonly MessageSink[] = ['webhook', 'telegram'];
const NAMES: Readonly<Record<MessageSink, string>> = { webhook: 'The webhook', telegram: 'Telegram' };

const byChange =
  (sink: MessageSink) =>
  (left: Message, right: Message): number =>
    (left.deliveries[sink]?.changedAt ?? '').localeCompare(right.deliveries[sink]?.changedAt ?? '');

const stateOf = (messages: readonly Message[], sink: MessageSink): MessagesState['sinks'][number] => {
  const own = messages.filter(({ deliveries }) => deliveries[sink]);
  const waiting = own.filter(({ deliveries }) => /^(?:planned|deferred|sending)$/.test(deliveries[sink]?.state ?? '')).length;
  const last = own
    .filter(({ deliveries }) => deliveries[sink]?.state !== 'planned')
    .toSorted(byChange(sink))
    .at(-1);
  const delivery = last?.deliveries[sink];
  if (!last || !delivery) return { sink, waiting };
  const { changedAt: at, state, errorMessage } = delivery;
  const { title } = inWords(last.parts);
  return { sink, waiting, last: { at, state, title, ...(errorMessage ? { errorMessage } : {}) } };
};

const readState = ({ store, messages }: Services): MessagesState => {
  const all = store.messages.all();
  const held = all.filter(({ isHeld }) => isHeld).slice(-MOST_SHOWN);
  return {
    isQuiet: messages.isQuiet(),
    held: held.map(({ id, at, parts }) => {
      const { title, body } = inWords(parts);
      return { id, at, title, body };
    }),
    sinks: SINKS.map((sink) => stateOf(all, sink)),
  };
};

const TEST = { ...NO_PARTS, isTest: true };

const testSink = async (services: Services, sink: MessageSink): Promise<MessageTest> => {
  const { post } = await services.machine();
  const settings = () => services.store.settings.get().notifications;
  const at = services.clock.now();
  const content = { id: `test-${newId(at)}`, at: toInstant(at), parts: TEST };
  const outcome = await sendOnce({ post, secrets: services.secrets, settings }, sink, content, new AbortController().signal);
  if (!outcome) return { ok: false, text: `${NAMES[sink]} is not set up.` };
  if (outcome.kind === 'sent') return { ok: true, text: `${NAMES[sink]} took the test message.` };
  const doubt = outcome.kind === 'in-doubt' ? ' It may have arrived all the same.' : '';
  return { ok: false, text: `${outcome.error.message}${doubt}` };
};

const testDesktop = ({ host, events, clock }: Services): MessageTest => {
  if (host !== 'desktop') return { ok: false, text: 'Only the desktop application shows messages.' };
  events.emit('messages.told', { id: `test-${newId(clock.now())}`, ...inWords(TEST), isTest: true });
  return {
    ok: true,
    text: 'A test message was handed to this computer. If none shows, its own settings or its do-not-disturb hold it back.',
  };
};

/** What the screen can ask about messages. */
export const createMessageHandlers = (services: Services): MessageHandlers => ({
  'messages.state': () => readState(services),
  'messages.test': ({ place }) => (place === 'desktop' ? testDesktop(services) : testSink(services, place)),
});
