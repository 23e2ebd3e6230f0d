import { AppError, type ErrorCode } from '../../preload/contract/errors.ts';
import { serverWords } from './mailer-words.ts';

/** What became of one message. */
export type MailOutcome = {
  state: 'sent' | 'rejected' | 'deferred' | 'in-doubt';
  code?: ErrorCode;
  /** A sentence for people, without secrets. */
  message?: string;
  /** The trouble is not this receiver's: the next message would meet it too. */
  isEverybodys?: boolean;
  /** It stays so until the owner does something; trying again by itself would do harm. */
  needsOwner?: boolean;
  /** The server does not know or does not want this receiver. */
  isReceivers?: boolean;
};

/** What nodemailer's errors carry. */
type SmtpError = {
  code?: string;
  originalCode?: string;
  command?: string;
  response?: string;
  responseCode?: number;
  timeoutType?: string;
  message?: string;
};

/** What is known at the end of a conversation that went wrong. */
export type Failure = {
  error: unknown;
  /** The end of the message may have left: from here on silence means nothing. */
  mayHaveEnded: boolean;
  account: { user: string };
  password: string | undefined;
};

const TLS_CODES =
  /^(?:ETLS|EPROTO$|ERR_SSL|ERR_TLS|ERR_OSSL|CERT_|UNABLE_TO|DEPTH_ZERO|SELF_SIGNED|HOSTNAME_MISMATCH|INVALID_CA|PATH_LENGTH|INVALID_PURPOSE|CA_MD|EE_KEY)/;

const isTls = ({ code = '', originalCode = '', timeoutType, command }: SmtpError): boolean =>
  TLS_CODES.test(code) || TLS_CODES.test(originalCode) || timeoutType === 'UPGRADE_TIMEOUT' || command === 'STARTTLS';

/** Nobody knows. */
export const IN_DOUBT: MailOutcome = {
  state: 'in-doubt',
  code: 'MAIL_IN_DOUBT',
  message: 'The connection was lost after the message had been handed over. It may have arrived.',
};

const isRefusal = (status: number | undefined): status is number => status !== undefined && status >= 400 && status < 600;
/* RFC 3463: addressing and mailbox. */
const ABOUT_RECEIVER = /^5\d\d[ -]5\.[12]\.\d/;

/** The server looked at the message or the receiver, and said no. */
const refusedMessage = (error: SmtpError, status: number, words: string): MailOutcome => {
  const message = `The mail server answered: ${words || status}`;
  if (status < 500) return { state: 'deferred', code: 'MAIL_RCPT_REJECTED', message, isEverybodys: status === 421 };
  const isReceivers = error.command === 'RCPT TO' || ABOUT_RECEIVER.test(error.response ?? '');
  return { state: 'rejected', code: 'MAIL_RCPT_REJECTED', message, isReceivers };
};

const refusedLogin = (status: number | undefined): MailOutcome =>
  status !== undefined && status >= 400 && status < 500
    ? {
        state: 'deferred',
        code: 'MAIL_CONNECT',
        message: `The mail server cannot check the password at the moment (${status}).`,
        isEverybodys: true,
      }
    : {
        state: 'deferred',
        code: 'MAIL_AUTH',
        message: `The mail server did not accept the user name and the password${status ? ` (${status})` : ''}.`,
        isEverybodys: true,
        needsOwner: true,
      };

const tlsWords = ({ originalCode = '', message = '' }: SmtpError): string => {
  if (/EXPIRED/.test(originalCode)) return 'The certificate of the mail server has expired.';
  if (/ALTNAME/.test(originalCode)) return 'The certificate of the mail server is for another name.';
  if (/^(?:DEPTH_ZERO|SELF_SIGNED|UNABLE_TO|CERT_)/.test(originalCode))
    return 'The certificate of the mail server comes from nobody this computer trusts.';
  if (/STARTTLS/.test(message)) return 'The mail server offers no TLS. Without it nothing is sent.';
  return 'A secure connection to the mail server could not be made.';
};

const beforeMessage = (error: SmtpError, words: string): MailOutcome => {
  if (isTls(error)) return { state: 'deferred', code: 'MAIL_TLS', message: tlsWords(error), isEverybodys: true };
  if (error.code === 'ETIMEDOUT')
    return { state: 'deferred', code: 'MAIL_TIMEOUT', message: 'The mail server did not answer in time.', isEverybodys: true };
  if (error.command === 'MAIL FROM' && isRefusal(error.responseCode))
    return {
      state: 'deferred',
      code: 'MAIL_CONNECT',
      message: `The mail server does not take mail of this sender. It said: ${words}`,
      isEverybodys: true,
      // Another sender or another account has to be named.
      ...(error.responseCode >= 500 ? { needsOwner: true } : {}),
    };
  const said = words ? ` It said: ${words}` : '';
  return {
    state: 'deferred',
    code: 'MAIL_CONNECT',
    message: `The conversation with the mail server broke off.${said}`,
    isEverybodys: true,
  };
};

/** What an error means for the message. In doubt is in doubt: only an answer to the whole message takes the doubt away. */
export const toOutcome = ({ error, mayHaveEnded, account, password }: Failure): MailOutcome => {
  const found = (error ?? {}) as SmtpError;
  const status = found.responseCode;
  const words = serverWords(found.response ?? '', account, password);
  if (mayHaveEnded) return found.code === 'EMESSAGE' && isRefusal(status) ? refusedMessage(found, status, words) : IN_DOUBT;
  if (error instanceof AppError) return { state: 'deferred', code: error.code, message: error.message, isEverybodys: true };
  if (found.code === 'EAUTH') return refusedLogin(status);
  if (found.code === 'EMESSAGE' && status === undefined)
    return { state: 'rejected', code: 'MAIL_RCPT_REJECTED', message: 'The message is larger than the mail server takes.' };
  const isOfReceiver = found.command === 'RCPT TO' || found.command === 'DATA';
  if (isOfReceiver && isRefusal(status)) return refusedMessage(found, status, words);
  return beforeMessage(found, words);
};
