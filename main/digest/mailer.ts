import { Readable } from 'node:stream';
import { AppError } from '../../preload/contract/errors.ts';
import type { MailAccount } from '../../preload/contract/mail.ts';
import { type Clock, systemClock } from '../lib/clock.ts';
import type { Resolve } from '../net/address-policy.ts';
import { systemResolve } from '../net/resolve.ts';
import { IN_DOUBT, type MailOutcome, toOutcome } from './mailer-outcome.ts';
import { logIn, MAIL_LIMITS, type MailLimits, openSession, type Session, type SessionDeps } from './mailer-session.ts';

/** One message on its way: what it is, who it goes to, and by which account. */
export type Sending = {
  account: MailAccount;
  password: string | undefined;
  /** The only receiver. */
  to: string;
  from: string;
  /** The message as bytes. */
  raw: Buffer;
  /** Ends the conversation as long as nothing can have arrived; later it is waited for. */
  signal?: AbortSignal;
};

/** Hands over messages, each in a conversation of its own. */
export type Mailer = { send: (sending: Sending) => Promise<MailOutcome> };

export type MailerDeps = { resolve?: Resolve; clock?: Clock; limits?: Partial<MailLimits>; ca?: string };

/** The same with what is left out filled in. */
export const toSessionDeps = ({ resolve = systemResolve, clock = systemClock, limits = {}, ca }: MailerDeps): SessionDeps => ({
  resolve,
  clock,
  limits: { ...MAIL_LIMITS, ...limits },
  ca,
});

const CHUNK_BYTES = 16 * 1024;
/* How long the goodbye may take. */
const QUIT_MS = 2000;

/* The line with the final dot is written after this stream ends. Until it is asked for its end, the message cannot be whole. */
const inChunks = (raw: Buffer, isAskedFor: () => boolean, onEnd: () => void): Readable => {
  let at = 0;
  return new Readable({
    highWaterMark: CHUNK_BYTES,
    read() {
      if (at === 0 && !isAskedFor()) return void this.destroy(new Error('The server answers what it was not asked'));
      if (at < raw.length) {
        this.push(raw.subarray(at, at + CHUNK_BYTES));
        at += CHUNK_BYTES;
        return;
      }
      onEnd();
      this.push(null);
    },
  });
};

/** How far one conversation has come, and how it is ended from outside. */
type Course = {
  mayHaveEnded: boolean;
  isOver: boolean;
  close: () => void;
  fail: (error: unknown) => void;
  failed: Promise<never>;
};

const startCourse = (): Course => {
  const { promise, reject } = Promise.withResolvers<never>();
  promise.catch(() => {});
  return { mayHaveEnded: false, isOver: false, close: () => {}, fail: reject, failed: promise };
};

/* What was given up while it was being opened does not go on by itself. */
const giveUp = (course: Course): void => {
  course.isOver = true;
  course.close();
};

const transmit = (
  { smtp, broken }: Session,
  { from, to, raw }: Sending,
  course: Course,
  onBody: () => void,
): Promise<unknown> => {
  // Answers that came before their questions would be taken for the answer to the message.
  const isAskedFor = (): boolean => {
    const early: unknown = Reflect.get(smtp, '_responseQueue');
    return /^354\b/.test(String(smtp.lastServerResponse)) && !(Array.isArray(early) && early.length > 0);
  };
  const body = inChunks(raw, isAskedFor, () => {
    course.mayHaveEnded = true;
  });
  body.once('resume', onBody);
  const answered = new Promise<void>((resolve, reject) =>
    smtp.send({ from, to: [to], size: raw.length }, body, (error) => (error ? reject(error) : resolve())),
  );
  return Promise.race([answered, broken]).finally(() => body.destroy());
};

const converse = async (deps: SessionDeps, sending: Sending, course: Course, onBody: () => void): Promise<void> => {
  const { account, password } = sending;
  const session = await openSession(deps, account, (close) => {
    course.close = close;
    if (course.isOver) close();
  });
  if (account.user) await logIn(session, account.user, password ?? '');
  await transmit(session, sending, course, onBody);
  session.smtp.quit();
  deps.clock.after(QUIT_MS, session.close);
};

const NO_PASSWORD: MailOutcome = {
  state: 'deferred',
  code: 'MAIL_AUTH',
  message: 'There is no password for the mail server. Type it in the settings.',
  isEverybodys: true,
  needsOwner: true,
};

const tooLong = (): AppError => new AppError('MAIL_TIMEOUT', 'The mail server did not answer in time.');

/** The mailer of the real world. It never throws: whatever happens is an outcome, and in doubt it is in doubt. */
export const createMailer = (given: MailerDeps = {}): Mailer => {
  const deps = toSessionDeps(given);
  const { clock, limits } = deps;
  const run = async (sending: Sending): Promise<MailOutcome> => {
    const course = startCourse();
    const onAbort = (): void => {
      if (!course.mayHaveEnded) course.fail(sending.signal?.reason);
    };
    const stopTotal = clock.after(limits.totalMs, () => course.fail(tooLong()));
    const stopSetUp = clock.after(limits.setUpMs, () => course.fail(tooLong()));
    sending.signal?.addEventListener('abort', onAbort, { once: true });
    try {
      if (sending.signal?.aborted) throw sending.signal.reason;
      await Promise.race([converse(deps, sending, course, stopSetUp), course.failed]);
      if (course.mayHaveEnded) return { state: 'sent' };
      // It said yes to a message it does not have.
      giveUp(course);
      return IN_DOUBT;
    } catch (error) {
      const { mayHaveEnded } = course;
      giveUp(course);
      return toOutcome({ error, mayHaveEnded, account: sending.account, password: sending.password });
    } finally {
      stopTotal();
      stopSetUp();
      sending.signal?.removeEventListener('abort', onAbort);
    }
  };
  return { send: (sending) => (sending.account.user && !sending.password ? Promise.resolve(NO_PASSWORD) : run(sending)) };
};
