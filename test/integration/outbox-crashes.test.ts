import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { build } from 'vite';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import type { Mailer } from '../../main/digest/mailer.ts';
import { IN_DOUBT, type MailOutcome } from '../../main/digest/mailer-outcome.ts';
import { planDeliveries, sendPlanned } from '../../main/digest/outbox.ts';
import { recoverDeliveries } from '../../main/digest/outbox-recovery.ts';
import type { OutboxDeps } from '../../main/digest/outbox-types.ts';
import { createEventBus } from '../../main/lib/events.ts';
import { silentLog } from '../../main/lib/log.ts';
import type { Fs, OpenFile } from '../../main/store/fs.ts';
import { type Delivery, digestOptionsSchema } from '../../preload/contract/digest.ts';
import { hostileCase } from '../helpers/hostile-case.ts';
import { createMemoryFs, type Fate, imageAfter, type MemoryFs } from '../helpers/memory-fs.ts';
import { ACCOUNT, edition, RENDERED, recipient } from '../helpers/smtp-outbox.ts';
import { type Accepted, startSmtp, type TestSmtp } from '../helpers/smtp-server.ts';
import { createRandom, createStoreClock, openTestStore, turns } from '../helpers/store-kit.ts';
import { makeTestCertificates } from '../helpers/test-certificates.ts';

/*
 * The promise: per edition and receiver the server accepts at most one message, over all crashes and restarts; and nobody is left
 * out without a row that says so.
 */

const PEOPLE = ['ada@x.test', 'bob@x.test', 'cyd@x.test'];
const EDITION = edition();
const CHILD = join(import.meta.dirname, '../helpers/smtp-outbox-child.ts');
const OPTIONS = digestOptionsSchema.parse({});

type Files = Map<string, Uint8Array>;

/** A disk that holds these files, as far as a power cut is concerned too. Answers where the trace of the life begins. */
const diskWith = async (files: Files): Promise<{ fs: MemoryFs; from: number }> => {
  const fs = createMemoryFs();
  const folders = new Set<string>();
  for (const [path, bytes] of files) {
    // Its process is gone.
    if (path.includes('tidings.lock')) continue;
    await fs.mkdir(dirname(path));
    folders.add(dirname(path));
    const file = await fs.create(path);
    await file.write(bytes, 0);
    await file.datasync();
    await file.close();
  }
  for (const folder of folders) await fs.syncDir(folder);
  return { fs, from: fs.trace.length };
};

/** The same disk, which now and then takes its time, so that whoever does not wait for it is found out. */
const slowly = (fs: MemoryFs, random: () => number): Fs => {
  const slow = (file: OpenFile): OpenFile => ({
    ...file,
    write: async (bytes, position) => {
      if (random() < 0.1) await turns(12);
      return file.write(bytes, position);
    },
  });
  return {
    ...fs,
    create: async (path) => slow(await fs.create(path)),
    openWrite: async (path) => slow(await fs.openWrite(path)),
  };
};

/** A mail server that keeps no message but counts; each step is a mark in the trace of the disk, so that a cut falls between. */
const modelServer = (fs: MemoryFs, random: () => number): Mailer => {
  const step = async (what: string, to: string): Promise<void> => {
    fs.mark({ what, to });
    await Promise.resolve();
  };
  return {
    send: async ({ to }): Promise<MailOutcome> => {
      await step('connected', to);
      const chance = random();
      if (chance < 0.1) return { state: 'deferred', code: 'MAIL_RCPT_REJECTED', message: '451 later.' };
      if (chance < 0.15) return { state: 'deferred', code: 'MAIL_CONNECT', message: 'It broke off.', isEverybodys: true };
      if (chance < 0.2) return { state: 'rejected', code: 'MAIL_RCPT_REJECTED', message: '550 no.' };
      await step('rcpt', to);
      await step('dot', to);
      if (chance < 0.25) return IN_DOUBT;
      await step('accepted', to);
      if (chance < 0.32) return IN_DOUBT;
      await step('250', to);
      return { state: 'sent' };
    },
  };
};

type Life = { fs: MemoryFs; from: number; rows: Delivery[] };

/** One life of the process: starts over these files, says what is in doubt, sends what is to be sent. */
const live = async (files: Files, random: () => number): Promise<Life> => {
  const { fs, from } = await diskWith(files);
  const { clock } = createStoreClock();
  const store = await openTestStore({ dir: '/data', fs: slowly(fs, createRandom(from)), clock });
  const deps: OutboxDeps = {
    store,
    clock,
    log: silentLog,
    events: createEventBus(silentLog),
    secrets: { get: async () => 'pass word' },
    mailer: modelServer(fs, random),
  };
  await recoverDeliveries(deps);
  if (!store.editions.get(EDITION.id)) {
    await store.settings.update({ mail: ACCOUNT });
    await store.recipients.put(PEOPLE.map((address) => recipient(address)));
    await store.editions.put(EDITION);
  }
  await planDeliveries(deps, EDITION, OPTIONS);
  await sendPlanned(deps, { edition: EDITION, rendered: RENDERED, options: OPTIONS, now: clock.now, isForced: true });
  const rows = store.deliveries.ofEdition(EDITION.id);
  await store.close();
  return { fs, from, rows };
};

const acceptedIn = ({ fs, from }: Life, cut: number): string[] =>
  fs.trace.slice(from, cut).flatMap((operation) => {
    if (operation.kind !== 'mark') return [];
    const { what, to } = operation.value as { what: string; to: string };
    return what === 'accepted' ? [to] : [];
  });

/** The rows agree with what the server has, and nobody has two or is forgotten. */
const judge = (accepted: readonly string[], rows: readonly Delivery[], seed: string): void => {
  for (const to of PEOPLE) {
    const count = accepted.filter((address) => address === to).length;
    const state = rows.find((row) => row.to === to)?.state ?? 'no row';
    expect(count, `${seed}: ${to} got ${count}, the row says ${state}`).toBeLessThanOrEqual(1);
    const honest = count === 1 ? ['sent', 'in-doubt'] : ['in-doubt', 'rejected', 'deferred', 'planned'];
    expect(honest, `${seed}: ${to} got ${count}`).toContain(state);
  }
};

const FATES: readonly Fate[] = ['lost', 'kept', 'torn', 'zeroed', 'mixed'];
const NAMES = ['none', 'some', 'all'] as const;
const anyOf = <Value>(values: readonly Value[], random: () => number): Value =>
  values[Math.floor(random() * values.length)] as Value;

describe('an edition on its way when the power goes', () => {
  hostileCase(180, 'after each step of disk and server the rest is sent once', async () => {
    const first = await live(new Map(), () => 0.9);
    let crashes = 0;
    for (let cut = 0; cut <= first.fs.trace.length; cut++) {
      for (const fate of FATES) {
        const image = imageAfter(first.fs.trace, cut, fate, 'all', createRandom(cut));
        const second = await live(image, () => 0.9);
        judge([...acceptedIn(first, cut), ...acceptedIn(second, second.fs.trace.length)], second.rows, `cut ${cut}, ${fate}`);
        crashes += 1;
      }
    }
    expect(crashes).toBeGreaterThan(200);
    return 'OK';
  });

  hostileCase(180, 'over 1,000 crashes at random, in rows of lives, no receiver gets two and none is forgotten', async () => {
    let crashes = 0;
    for (let chain = 0; crashes < 1000; chain++) {
      const random = createRandom(180_000 + chain);
      const accepted: string[] = [];
      let files: Files = new Map();
      for (let lives = 1 + Math.floor(random() * 6); lives > 0; lives--) {
        const life = await live(files, random);
        const { length } = life.fs.trace;
        const cut = life.from + Math.floor(random() * (length - life.from + 1));
        accepted.push(...acceptedIn(life, cut));
        files = imageAfter(life.fs.trace, cut, anyOf(FATES, random), anyOf(NAMES, random), random);
        crashes += 1;
      }
      const last = await live(files, random);
      accepted.push(...acceptedIn(last, last.fs.trace.length));
      judge(accepted, last.rows, `chain ${chain}`);
    }
    expect(crashes).toBeGreaterThanOrEqual(1000);
    return 'OK';
  });
});

type Trap = { step: string; after: number };

/** No message came twice, and the rows claim neither more nor less than what came. */
const judgeKills = (accepted: readonly Accepted[], rows: readonly Delivery[]): void => {
  const names = accepted.map(({ raw, to }) => `${/^Message-ID: (.*)$/m.exec(raw)?.[1]} ${to.join()}`);
  expect(new Set(names).size).toBe(names.length);
  const told = rows.filter(({ state }) => state === 'sent').length;
  const doubtful = rows.filter(({ state }) => state === 'in-doubt').length;
  expect(told + doubtful).toBe(rows.length);
  expect(names.length).toBeGreaterThanOrEqual(told);
  expect(names.length).toBeLessThanOrEqual(told + doubtful);
};

describe('an edition on its way when the process is killed', () => {
  const dir = mkdtempSync(join(tmpdir(), 'tidings-outbox-'));
  let server: TestSmtp;
  let child: ChildProcess | undefined;
  /** Which step of which message kills the process, counted down. */
  let trap: Trap | undefined;
  const at = (step: string): void => {
    if (trap?.step !== step) return;
    trap.after -= 1;
    if (trap.after < 0) {
      trap = undefined;
      child?.kill('SIGKILL');
    }
  };

  beforeAll(async () => {
    // As one file, so that most of a life is sending.
    await build({
      configFile: false,
      logLevel: 'silent',
      ssr: { noExternal: true },
      build: { ssr: CHILD, outDir: join(dir, 'built'), rollupOptions: { output: { entryFileNames: 'child.mjs' } } },
    });
    const certificates = makeTestCertificates();
    writeFileSync(join(dir, 'ca.pem'), certificates.ca);
    server = await startSmtp({
      tls: certificates.good,
      onRecipient: () => at('rcpt'),
      onMessage: () => at('dot'),
      more: {
        onConnect: (_session, done) => {
          at('connected');
          done();
        },
        // The session ends after the 250 is written: the row may or may not be.
        onClose: () => at('closed'),
      },
    });
  });
  afterAll(async () => {
    await server.close();
    rmSync(dir, { recursive: true, force: true });
  });

  /** Runs the child over these editions; answers its rows, or undefined when it was killed. */
  const run = (numbers: readonly number[], killAfterMs?: number): Promise<Delivery[] | undefined> =>
    new Promise((resolve, reject) => {
      const args = [
        join(dir, 'built', 'child.mjs'),
        join(dir, 'data'),
        String(server.port),
        join(dir, 'ca.pem'),
        ...numbers.map(String),
      ];
      const running = spawn(process.execPath, args, {
        stdio: ['ignore', 'pipe', 'pipe'],
        env: { ...process.env, NODE_COMPILE_CACHE: join(dir, 'cache') },
      });
      child = running;
      let out = '';
      let trouble = '';
      running.stdout.on('data', (chunk: Buffer) => {
        out += chunk.toString();
        if (killAfterMs !== undefined && chunk.toString().includes(`sending ${numbers.at(-1)}`))
          setTimeout(() => running.kill('SIGKILL'), killAfterMs);
      });
      running.stderr.on('data', (chunk: Buffer) => {
        trouble += chunk.toString();
      });
      running.on('exit', (code, signal) => {
        if (signal === 'SIGKILL') resolve(undefined);
        else if (code === 0) resolve(JSON.parse(out.trim().split('\n').at(-1) ?? '[]') as Delivery[]);
        else reject(new Error(`The process ended with ${code}: ${trouble}`));
      });
    });

  hostileCase(180, 'a real process, killed at each step with a real mail server, sends nothing twice', async () => {
    const steps = ['connected', 'rcpt', 'dot', 'closed'].flatMap((step) => [0, 1, 2].map((after) => ({ step, after })));
    let killed = 0;
    let number = 0;
    const cutOff = async (step: Trap | undefined, killAfterMs?: number): Promise<void> => {
      number += 1;
      // The edition that was cut off is finished in a life of its own, then the next one is cut off.
      trap = undefined;
      if (number > 1) await run([number - 1]);
      trap = step;
      if ((await run([number], killAfterMs)) === undefined) killed += 1;
    };
    for (const step of steps) await cutOff(step);
    for (const ms of [0, 30, 90]) await cutOff(undefined, ms);
    trap = undefined;
    const rows = (await run([number])) ?? [];
    expect(killed).toBeGreaterThanOrEqual(steps.length);
    judgeKills(server.accepted, rows);
    expect(rows).toHaveLength(number * PEOPLE.length);
    return 'OK';
  });
});
