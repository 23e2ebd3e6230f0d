import { Resolver } from 'node:dns/promises';
import type { Socket } from 'node:net';
import type { TLSSocket } from 'node:tls';
import { AppError, toAppError } from '../../preload/contract/errors.ts';
import type { MailAccount, MailCheck } from '../../preload/contract/mail.ts';
import { toAddress } from './addresses.ts';
import { type AskTexts, checkSender } from './mail-check-sender.ts';
import { type MailerDeps, toSessionDeps } from './mailer.ts';
import { type MailOutcome, toOutcome } from './mailer-outcome.ts';
import { logIn, openSession, type Session, type SessionDeps } from './mailer-session.ts';

export type MailCheckDeps = MailerDeps & {
  account: MailAccount | null;
  password: () => Promise<string | undefined>;
  askTexts?: AskTexts;
};

const askNameServers: AskTexts = async (name) => {
  const resolver = new Resolver({ timeout: 2000, tries: 2 });
  return (await resolver.resolveTxt(name)).map((parts) => parts.join(''));
};

const NO_ACCOUNT: MailCheck = {
  id: 'account',
  state: 'fail',
  text: 'No mail server is set up.',
  hint: 'Name the server, the user and the sender in the settings. Without it digests can still become files.',
};

const HINTS: Partial<Record<string, string>> = {
  MAIL_TLS: 'Ask the provider for the right name and port: 587 with STARTTLS, or 465 with TLS. Nothing is ever sent without TLS.',
  MAIL_TIMEOUT: 'A firewall may stop it, or the port may be another: 587 and 465 are usual, 25 is often closed.',
  MAIL_CONNECT: 'See whether name and port are right.',
  MAIL_AUTH: 'See whether user and password are right. Many providers want a password made for this application.',
  OFFLINE: 'Connect this computer to a network.',
};

const failed = (id: string, { code, message }: Pick<MailOutcome, 'code' | 'message'>): MailCheck => {
  const hint = code && HINTS[code];
  return { id, state: 'fail', text: message ?? 'It did not work.', ...(hint ? { hint } : {}) };
};

const skipped = (id: string, text: string): MailCheck => ({ id, state: 'skipped', text });

const DAY_MS = 86_400_000;
const SOON_DAYS = 14;

const isSecured = (socket: Socket | false | null): socket is TLSSocket =>
  socket !== false && socket !== null && 'getProtocol' in socket;

/** *TLSv1.3; the certificate is good for 61 more days*. */
const checkTls = ({ smtp }: Session, now: number): MailCheck => {
  const socket = smtp._socket;
  if (!isSecured(socket)) return { id: 'tls', state: 'fail', text: 'The conversation is not encrypted.' };
  const { valid_to: end } = socket.getPeerCertificate();
  const days = Math.floor((Date.parse(end) - now) / DAY_MS);
  const text = `${socket.getProtocol() ?? 'TLS'}; the certificate is good for ${days} more ${days === 1 ? 'day' : 'days'}.`;
  return days < SOON_DAYS
    ? { id: 'tls', state: 'warn', text, hint: 'When it ends nothing can be sent. Whoever runs the server has to renew it.' }
    : { id: 'tls', state: 'ok', text };
};

const checkLogin = async (session: Session, account: MailAccount, password: string | undefined): Promise<MailCheck> => {
  if (!account.user) return skipped('login', 'No user is named, so no password is asked for.');
  if (!password)
    return { id: 'login', state: 'fail', text: 'There is no password for the mail server.', hint: 'Type it in the settings.' };
  try {
    await logIn(session, account.user, password);
    return { id: 'login', state: 'ok', text: 'The user and the password are accepted.' };
  } catch (error) {
    return failed('login', toOutcome({ error, mayHaveEnded: false, account, password }));
  }
};

const LATER = [
  skipped('tls', 'Not looked at: there was no conversation.'),
  skipped('login', 'Not looked at: there was no conversation.'),
];

/** Connects, greets, begins TLS, logs in, says goodbye. */
const checkServer = async (deps: SessionDeps, account: MailAccount, password: string | undefined): Promise<MailCheck[]> => {
  const place = `${account.host}, port ${account.port}`;
  let close = (): void => {};
  const tooLong = Promise.withResolvers<never>();
  const stop = deps.clock.after(deps.limits.setUpMs, () =>
    tooLong.reject(new AppError('MAIL_TIMEOUT', 'The mail server did not answer in time.')),
  );
  const talk = async (): Promise<MailCheck[]> => {
    const session = await openSession(deps, account, (end) => {
      close = end;
    });
    const tls = checkTls(session, deps.clock.now());
    return [{ id: 'server', state: 'ok', text: `${place} answers.` }, tls, await checkLogin(session, account, password)];
  };
  try {
    return await Promise.race([talk(), tooLong.promise]);
  } catch (error) {
    const outcome = toOutcome({ error, mayHaveEnded: false, account, password });
    const isTls = outcome.code === 'MAIL_TLS';
    return isTls
      ? [{ id: 'server', state: 'ok', text: `${place} answers.` }, failed('tls', outcome), ...LATER.slice(1)]
      : [failed('server', outcome), ...LATER];
  } finally {
    stop();
    close();
  }
};

const checkFrom = (account: MailAccount): MailCheck => {
  try {
    return { id: 'from', state: 'ok', text: `Editions come from ${toAddress(account.from, 'from')}.` };
  } catch (error) {
    return {
      id: 'from',
      state: 'fail',
      text: toAppError(error).message,
      hint: 'Write the address of the sender in the settings.',
    };
  }
};

/**
 * Looks at all that decides whether mail arrives, as far as it can be seen from here: the account, the server, TLS, the password,
 * and what the domain of the sender says about its mail. Sends nothing, and never throws.
 */
export const checkMail = async (deps: MailCheckDeps): Promise<MailCheck[]> => {
  const { account, askTexts = askNameServers } = deps;
  if (!account) return [NO_ACCOUNT];
  const from = checkFrom(account);
  const [server, sender] = await Promise.all([
    deps.password().then((password) => checkServer(toSessionDeps(deps), account, password)),
    from.state === 'ok' ? checkSender(toAddress(account.from), askTexts) : [],
  ]);
  return [from, ...server, ...sender];
};
