import type { MailCheck } from '../../preload/contract/mail.ts';

/** The texts of a name. Rejects with `code` ENOTFOUND (no such name), ENODATA (no texts) or another of node:dns. */
export type AskTexts = (name: string) => Promise<string[]>;

/* Names that no public name server knows (RFC 6761, 6762, 8375, 9476). */
const LOCAL = /(?:^|\.)(?:test|example|invalid|localhost|local|lan|home|internal|alt|home\.arpa)$/;

type Answer = { kind: 'texts'; texts: string[] } | { kind: 'none' } | { kind: 'no-name' } | { kind: 'unknown' };

const ask = async (askTexts: AskTexts, name: string): Promise<Answer> => {
  try {
    return { kind: 'texts', texts: (await askTexts(name)).slice(0, 50) };
  } catch (error) {
    const { code } = error as { code?: string };
    if (code === 'ENODATA') return { kind: 'none' };
    return { kind: code === 'ENOTFOUND' ? 'no-name' : 'unknown' };
  }
};

const textsOf = (answer: Answer): string[] => (answer.kind === 'texts' ? answer.texts : []);
const notAnswered = (id: string, what: string): MailCheck => ({
  id,
  state: 'skipped',
  text: `${what} could not be looked up: the name servers did not answer.`,
});

/** RFC 7208: which servers may send for the domain. */
const checkSpf = (domain: string, answer: Answer): MailCheck => {
  if (answer.kind === 'unknown') return notAnswered('spf', 'SPF');
  const records = textsOf(answer).filter((text) => /^v=spf1(?: |$)/i.test(text));
  const [record] = records;
  if (!record)
    return {
      id: 'spf',
      state: 'warn',
      text: `${domain} does not say which servers may send its mail (no SPF record).`,
      hint: 'Add the TXT record that the mail provider names, such as "v=spf1 include:... -all".',
    };
  if (records.length > 1)
    return {
      id: 'spf',
      state: 'warn',
      text: `${domain} has ${records.length} SPF records; with more than one none counts.`,
      hint: 'Make one record of them.',
    };
  if (/\+all\b/i.test(record) || /(?:^| )all\b/i.test(record))
    return {
      id: 'spf',
      state: 'warn',
      text: `The SPF record of ${domain} lets every server send its mail.`,
      hint: 'End the record with "-all" or "~all".',
    };
  return {
    id: 'spf',
    state: 'ok',
    text: `${domain} has an SPF record.`,
    hint: 'See that it names the servers of the mail provider.',
  };
};

/** RFC 6376: keys lie below `_domainkey`; their names are known only from a message. An empty name there says that there are some. */
const checkDkim = (domain: string, answer: Answer): MailCheck => {
  if (answer.kind === 'unknown') return notAnswered('dkim', 'DKIM');
  if (answer.kind === 'no-name')
    return {
      id: 'dkim',
      state: 'warn',
      text: `${domain} seems to have no DKIM keys, so its mail is not signed in its name.`,
      hint: 'Switch DKIM on at the mail provider and add the records it names.',
    };
  return {
    id: 'dkim',
    state: 'ok',
    text: `${domain} has a place for DKIM keys.`,
    hint: 'Send a test and look for "dkim=pass" in the headers of what arrives.',
  };
};

/** RFC 7489: what receivers do with mail that neither SPF nor DKIM speaks for. */
const checkDmarc = (domain: string, answer: Answer): MailCheck => {
  if (answer.kind === 'unknown') return notAnswered('dmarc', 'DMARC');
  const record = textsOf(answer).find((text) => /^v=DMARC1\b/i.test(text));
  if (!record)
    return {
      id: 'dmarc',
      state: 'warn',
      text: `${domain} says nothing about mail that only pretends to come from it (no DMARC record).`,
      hint: `Add a TXT record at _dmarc.${domain}, such as "v=DMARC1; p=none". Large providers ask for one.`,
    };
  const policy = /(?:^|;)\s*p\s*=\s*(none|quarantine|reject)\b/i.exec(record)?.[1]?.toLowerCase();
  return { id: 'dmarc', state: 'ok', text: `${domain} has a DMARC record${policy ? ` (p=${policy})` : ''}.` };
};

/** What the domain of the sender tells receivers, by its name servers. Hints only: whether mail arrives the receivers decide. */
export const checkSender = async (from: string, askTexts: AskTexts): Promise<MailCheck[]> => {
  const domain = from.slice(from.lastIndexOf('@') + 1);
  if (LOCAL.test(domain))
    return [{ id: 'sender', state: 'skipped', text: `${domain} is a local name; what receivers learn of it was not looked up.` }];
  const [spf, dkim, dmarc] = await Promise.all([
    ask(askTexts, domain),
    ask(askTexts, `_domainkey.${domain}`),
    ask(askTexts, `_dmarc.${domain}`),
  ]);
  return [checkSpf(domain, spf), checkDkim(domain, dkim), checkDmarc(domain, dmarc)];
};
