import type { MailAccount } from '../../preload/contract/mail.ts';
import { words } from '../words/words.ts';

const { mail: say } = words.settings;

/** The account as typed. */
export type AccountDraft = Record<'host' | 'port' | 'user' | 'from' | 'fromName' | 'unsubscribe', string> & {
  security: MailAccount['security'];
};
export type AccountField = keyof AccountDraft;

/** The usual port of each way: submission with STARTTLS (RFC 6409), submission over TLS (RFC 8314). */
export const USUAL_PORT: Record<MailAccount['security'], string> = { starttls: '587', tls: '465' };

/** A stored account as the form begins with it; an empty form where there is none. */
export const accountDraft = (account: MailAccount | null): AccountDraft => ({
  host: account?.host ?? '',
  port: account ? String(account.port) : USUAL_PORT.starttls,
  security: account?.security ?? 'starttls',
  user: account?.user ?? '',
  from: account?.from ?? '',
  fromName: account?.fromName ?? '',
  unsubscribe: account?.unsubscribe ?? '',
});

const looksLikeOne = (text: string): boolean => /^[^\s@,;<>]+@[^\s@,;<>]+$/.test(text);

/** The account the form says, or the first field that is wrong. The core checks it again. */
export const readAccount = (draft: AccountDraft): { account: MailAccount } | { field: AccountField; message: string } => {
  const host = draft.host.trim();
  if (host === '' || /[\s/]/.test(host)) return { field: 'host', message: say.hostWrong };
  const port = /^\d{1,5}$/.test(draft.port.trim()) ? Number(draft.port) : 0;
  if (port < 1 || port > 65_535) return { field: 'port', message: say.portWrong };
  const from = draft.from.trim();
  if (!looksLikeOne(from)) return { field: 'from', message: say.addressWrong };
  const unsubscribe = draft.unsubscribe.trim();
  if (unsubscribe !== '' && !looksLikeOne(unsubscribe)) return { field: 'unsubscribe', message: say.addressWrong };
  const rest = { security: draft.security, user: draft.user.trim(), from, fromName: draft.fromName.trim() };
  return { account: { host, port, ...rest, ...(unsubscribe ? { unsubscribe } : {}) } };
};
