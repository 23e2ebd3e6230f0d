import { expect, test } from 'vitest';
import { silentLog } from '../../../main/lib/log.ts';
import { createOutbox, type MessageRows, type Outbox, WAITS } from '../../../main/notify/outbox.ts';
import { type Outcome, ofAnswer } from '../../../main/notify/outcome.ts';
import { NO_PARTS } from '../../../main/notify/parts.ts';
import { AppError } from '../../../preload/contract/errors.ts';
import { type Message, type MessageParts, type MessageSink, messageSchema } from '../../../preload/contract/message.ts';
import { createFakeClock, type FakeClock } from '../../helpers/fake-clock.ts';

const SENT: Outcome = { kind: 'sent' };
const refusedConnection = (): Outcome => ({
  kind: 'again',
  error: new AppError('CONN_REFUSED', 'The server refused the connection.', { wasSent: false }),
});
const busy = (afterMs?: number): Outcome => ofAnswer({ status: 503, ...(afterMs ? { retryAfterMs: afterMs } : {}) });
const lost = (): Outcome => ({ kind: 'in-doubt', error: new AppError('CONN_RESET', 'Gone.', { wasSent: true }) });

const parts = (total = 1): MessageParts => ({
  ...NO_PARTS,
  sources: [{ id: 'a', title: 'A', total, posts: [{ title: 'One', url: 'https://a.example/' }] }],
});

/** Rows in memory; each write is checked, and remembered as what a crash right after it would leave. */
const memoryRows = (first: readonly Message[] = [], onWrite: (rows: Message[]) => void = () => {}): MessageRows => {
  const rows = new Map(first.map((row) => [row.id, row]));
  return {
    all: () => [...rows.values()],
    get: (id) => rows.get(id),
    put: async (messages) => {
      for (const message of messages) rows.set(message.id, messageSchema.parse(message));
      onWrite(structuredClone([...rows.values()]));
    },
    remove: async (ids) => {
      for (const id of ids) rows.delete(id);
      return ids.length;
    },
  };
};

type Bench = {
  outbox: Outbox;
  clock: FakeClock;
  rows: MessageRows;
  sent: [MessageSink, string, number][];
  shown: string[];
  failing: string[];
  /** What the next tries come to; after them all are taken. */
  next: Outcome[];
  quiet: { isOn: boolean };
  sinks: MessageSink[];
  state: (id: string, sink?: MessageSink) => string | undefined;
  settle: () => Promise<void>;
};

const makeBench = (first: readonly Message[] = [], onWrite?: (rows: Message[]) => void, onSend?: () => void): Bench => {
  const clock = createFakeClock('2026-11-22T12:00:00.000Z');
  const rows = memoryRows(first, onWrite);
  const bench: Omit<Bench, 'outbox'> = {
    clock,
    rows,
    sent: [],
    shown: [],
    failing: [],
    next: [],
    quiet: { isOn: false },
    sinks: ['webhook'],
    state: (id, sink = 'webhook') => rows.get(id)?.deliveries[sink]?.state,
    settle: async () => {
      await outbox.idle();
    },
  };
  const outbox = createOutbox({
    rows,
    clock,
    log: silentLog,
    isQuiet: () => bench.quiet.isOn,
    sinks: () => bench.sinks,
    show: ({ id }) => void bench.shown.push(id),
    onChange: () => {},
    onFailing: (sink, error) => void bench.failing.push(`${sink} ${error ? error.code : 'works'}`),
    send: async (sink, { id, parts: { sources } }) => {
      bench.sent.push([sink, id, sources[0]?.total ?? 0]);
      onSend?.();
      return bench.next.shift() ?? SENT;
    },
  });
  return { ...bench, outbox };
};

test('a message is shown once and handed to each sink once, however often it is added', async () => {
  const bench = makeBench();
  bench.sinks.push('telegram');
  await bench.outbox.start();
  await Promise.all([bench.outbox.add({ id: 'm', parts: parts() }), bench.outbox.add({ id: 'm', parts: parts() })]);
  await bench.settle();
  expect(bench.shown).toEqual(['m']);
  expect(bench.sent.map(([sink]) => sink).toSorted()).toEqual(['telegram', 'webhook']);
  expect([bench.state('m'), bench.state('m', 'telegram')]).toEqual(['sent', 'sent']);
  await bench.clock.pass(24 * 3600_000);
  expect(bench.sent).toHaveLength(2);
});

test('what surely did not arrive is tried again with growing waits, and raises the alarm once it lasts', async () => {
  const bench = makeBench();
  bench.next.push(refusedConnection(), busy(), refusedConnection(), busy(), busy());
  await bench.outbox.start();
  await bench.outbox.add({ id: 'm', parts: parts() });
  const tries: number[] = [];
  for (let minute = 0; minute <= 60; minute += 1) {
    await bench.settle();
    if (bench.sent.length > tries.length) tries.push(minute);
    await bench.clock.pass(60_000);
  }
  expect(tries).toEqual([0, 1, 3, 8, 23, 53]);
  expect(bench.failing).toEqual(['webhook HTTP_5XX', 'webhook HTTP_5XX', 'webhook works']);
  expect(bench.state('m')).toBe('sent');
});

test('a message nobody takes is given up after its last try', async () => {
  const bench = makeBench();
  bench.next.push(...Array.from({ length: 20 }, refusedConnection));
  await bench.outbox.start();
  await bench.outbox.add({ id: 'm', parts: parts() });
  for (let minute = 0; minute < 300; minute += 1) {
    await bench.settle();
    await bench.clock.pass(60_000);
  }
  expect(bench.sent).toHaveLength(WAITS.length + 1);
  expect(bench.rows.get('m')?.deliveries.webhook).toMatchObject({ state: 'refused', errorCode: 'CONN_REFUSED' });
  expect(bench.clock.waiting()).toBe(0);
});

test('a server that asks for time gets it', async () => {
  const bench = makeBench();
  bench.next.push(busy(10 * 60_000));
  await bench.outbox.start();
  await bench.outbox.add({ id: 'm', parts: parts() });
  await bench.settle();
  await bench.clock.pass(9 * 60_000);
  await bench.settle();
  expect(bench.sent).toHaveLength(1);
  await bench.clock.pass(2 * 60_000);
  await bench.settle();
  expect([bench.sent.length, bench.state('m')]).toEqual([2, 'sent']);
});

test('a message whose answer never came is in doubt and is not sent again', async () => {
  const bench = makeBench();
  bench.next.push(lost());
  await bench.outbox.start();
  await bench.outbox.add({ id: 'm', parts: parts() });
  await bench.settle();
  await bench.clock.pass(24 * 3600_000);
  await bench.settle();
  expect([bench.sent.length, bench.state('m')]).toEqual([1, 'in-doubt']);
});

test('a refusal ends a message, and the next one goes out', async () => {
  const bench = makeBench();
  bench.next.push(ofAnswer({ status: 400 }, 'chat not found'));
  await bench.outbox.start();
  await bench.outbox.add({ id: 'm', parts: parts() });
  await bench.outbox.add({ id: 'n', parts: parts() });
  await bench.settle();
  expect([bench.state('m'), bench.state('n')]).toEqual(['refused', 'sent']);
  expect(bench.rows.get('m')?.deliveries.webhook?.errorMessage).toBe('The server answered 400: chat not found');
  expect(bench.failing).toEqual(['webhook HTTP_4XX', 'webhook works']);
});

test('messages arrive in their order, also behind one that has to wait', async () => {
  const bench = makeBench();
  bench.next.push(refusedConnection());
  await bench.outbox.start();
  for (const id of ['one', 'two', 'three']) await bench.outbox.add({ id, parts: parts() });
  await bench.settle();
  await bench.clock.pass(2 * 60_000);
  await bench.settle();
  expect(bench.sent.map(([, id]) => id)).toEqual(['one', 'one', 'two', 'three']);
});

test('being offline is no try', async () => {
  const bench = makeBench();
  const offline = (): Outcome => ({ kind: 'again', error: new AppError('OFFLINE', 'No network.', { wasSent: false }) });
  bench.next.push(...Array.from({ length: 1000 }, offline));
  await bench.outbox.start();
  await bench.outbox.add({ id: 'm', parts: parts() });
  for (let minute = 0; minute < 100; minute += 1) {
    await bench.settle();
    await bench.clock.pass(60_000);
  }
  expect(bench.state('m')).toBe('deferred');
  bench.next.splice(0);
  await bench.clock.pass(2 * 60_000);
  await bench.settle();
  expect([bench.state('m'), bench.failing]).toEqual(['sent', ['webhook works']]);
});

test('news of yesterday is no news', async () => {
  const bench = makeBench();
  bench.next.push(busy(23.9 * 3600_000), busy(23.9 * 3600_000));
  await bench.outbox.start();
  await bench.outbox.add({ id: 'm', parts: parts() });
  await bench.settle();
  await bench.clock.pass(25 * 3600_000);
  await bench.settle();
  expect([bench.sent.length <= 2, bench.state('m')]).toEqual([true, 'refused']);
});

test('quiet hours hold back the desktop and the sinks, and end in one summary', async () => {
  const bench = makeBench();
  await bench.outbox.start();
  bench.quiet.isOn = true;
  for (const id of ['one', 'two', 'three']) await bench.outbox.add({ id, parts: parts(2) });
  await bench.settle();
  await bench.clock.pass(3600_000);
  expect([bench.shown, bench.sent]).toEqual([[], []]);
  bench.quiet.isOn = false;
  await bench.clock.pass(60_000);
  await bench.settle();
  expect(bench.shown).toHaveLength(1);
  expect(bench.sent.map(([, , total]) => total)).toEqual([6]);
  await bench.clock.pass(24 * 3600_000);
  expect(bench.sent).toHaveLength(1);
});

test('what waits for a second try when quiet hours begin waits for their end', async () => {
  const bench = makeBench();
  bench.next.push(busy());
  await bench.outbox.start();
  await bench.outbox.add({ id: 'm', parts: parts() });
  await bench.settle();
  bench.quiet.isOn = true;
  await bench.clock.pass(3600_000);
  await bench.settle();
  expect(bench.sent).toHaveLength(1);
  bench.quiet.isOn = false;
  await bench.clock.pass(60_000);
  await bench.settle();
  expect(bench.state('m')).toBe('sent');
});

test('a clock that is set back or forth in quiet hours tells everything once', async () => {
  const bench = makeBench();
  await bench.outbox.start();
  bench.quiet.isOn = true;
  await bench.outbox.add({ id: 'm', parts: parts() });
  bench.clock.set('2026-11-20T12:00:00.000Z');
  await bench.clock.pass(60_000);
  bench.clock.set('2026-11-22T18:00:00.000Z');
  bench.quiet.isOn = false;
  bench.outbox.look();
  await bench.settle();
  expect([bench.shown, bench.sent.length, bench.state('m')]).toEqual([['m'], 1, 'sent']);
});

test('a very long quiet stays small', async () => {
  const bench = makeBench();
  await bench.outbox.start();
  bench.quiet.isOn = true;
  for (let run = 0; run < 400; run += 1) await bench.outbox.add({ id: `run-${run}`, parts: parts(1) });
  expect(bench.rows.all().filter(({ isHeld }) => isHeld).length).toBeLessThanOrEqual(51);
  expect(bench.rows.all().length).toBeLessThan(300);
  bench.quiet.isOn = false;
  bench.outbox.look();
  await bench.settle();
  expect(bench.sent.map(([, , total]) => total)).toEqual([400]);
});

test('what has ended does not pile up', async () => {
  const bench = makeBench();
  await bench.outbox.start();
  for (let run = 0; run < 450; run += 1) {
    await bench.outbox.add({ id: `run-${run}`, parts: parts() });
    await bench.settle();
  }
  expect(bench.sent).toHaveLength(450);
  expect(bench.rows.all().length).toBeLessThanOrEqual(201);
});

test('a sink that was switched off ends what waits for it', async () => {
  const bench = makeBench();
  await bench.outbox.start();
  bench.next.push(undefined as unknown as Outcome);
  const rows = memoryRows();
  const outbox = createOutbox({
    rows,
    clock: bench.clock,
    log: silentLog,
    isQuiet: () => false,
    sinks: () => ['telegram'],
    show: () => {},
    onChange: () => {},
    onFailing: () => {},
    send: async () => undefined,
  });
  await outbox.start();
  await outbox.add({ id: 'm', parts: parts() });
  await outbox.idle();
  expect(rows.get('m')?.deliveries.telegram?.state).toBe('refused');
});

test('a crash at any step sends nothing twice, and loses nothing that surely was not sent', async () => {
  /* The whole way once: every write, and how often the server had the message by then. */
  const steps: { rows: Message[]; taken: number }[] = [];
  let taken = 0;
  const whole = makeBench(
    [],
    (rows) => steps.push({ rows, taken }),
    () => {
      taken += 1;
    },
  );
  whole.next.push(refusedConnection());
  await whole.outbox.start();
  await whole.outbox.add({ id: 'm', parts: parts() });
  await whole.settle();
  await whole.clock.pass(2 * 60_000);
  await whole.settle();
  expect(steps.map(({ rows, taken: by }) => [rows[0]?.deliveries.webhook?.state, by])).toEqual([
    ['planned', 0],
    ['sending', 0],
    ['deferred', 1],
    ['sending', 1],
    ['sent', 2],
  ]);
  for (const { rows } of steps) {
    const again = makeBench(rows);
    again.clock.set('2026-11-22T13:00:00.000Z');
    const before = rows[0]?.deliveries.webhook?.state;
    await again.outbox.start();
    await again.outbox.add({ id: 'm', parts: parts() });
    await again.settle();
    await again.clock.pass(3600_000);
    await again.settle();
    const isOpen = before === 'planned' || before === 'deferred';
    expect([before, again.sent.length, again.state('m')]).toEqual([
      before,
      isOpen ? 1 : 0,
      before === 'sending' ? 'in-doubt' : 'sent',
    ]);
    expect(again.shown).toEqual([]);
  }
});

test('a crash while the summary of quiet hours is made tells it once', async () => {
  const steps: Message[][] = [];
  const bench = makeBench([], (rows) => steps.push(rows));
  await bench.outbox.start();
  bench.quiet.isOn = true;
  for (const id of ['one', 'two']) await bench.outbox.add({ id, parts: parts() });
  bench.quiet.isOn = false;
  bench.outbox.look();
  await bench.settle();
  for (const rows of steps) {
    const again = makeBench(rows);
    await again.outbox.start();
    await again.settle();
    const isHeld = rows.some((row) => row.isHeld);
    const isPlanned = rows.some(({ deliveries }) => deliveries.webhook?.state === 'planned');
    expect(again.sent).toHaveLength(isHeld || isPlanned ? 1 : 0);
  }
});

test('a stop breaks off what is being sent: it is in doubt', async () => {
  const clock = createFakeClock('2026-11-22T12:00:00.000Z');
  const rows = memoryRows();
  const outbox = createOutbox({
    rows,
    clock,
    log: silentLog,
    isQuiet: () => false,
    sinks: () => ['webhook'],
    show: () => {},
    onChange: () => {},
    onFailing: () => {},
    send: (_sink, _message, signal) =>
      new Promise((resolve) => signal.addEventListener('abort', () => resolve(lost()), { once: true })),
  });
  await outbox.start();
  await outbox.add({ id: 'm', parts: parts() });
  await clock.pass(1000);
  await outbox.stop();
  expect(rows.get('m')?.deliveries.webhook?.state).toBe('in-doubt');
  expect(clock.waiting()).toBe(0);
});
