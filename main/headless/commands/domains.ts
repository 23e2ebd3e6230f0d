import { type Domain, type DomainQuery, type DomainRow, domainSchema } from '../../../preload/contract/domain.ts';
import { AppError } from '../../../preload/contract/errors.ts';
import type { Core } from '../../core.ts';
import { readArgs, wholeNumber } from '../args.ts';
import { clean, columns, counted, cut, localTime } from '../format.ts';
import { type Command, type Io, printJson } from '../io.ts';
import { ask, withCore } from '../with-core.ts';

const PAGE = 500;
/** Domains shown to a person who named no number. */
const SCREENFUL = 50;
const STATUSES = domainSchema.options.map((option) => option.shape.status.value);

const toStatus = (text: string | undefined): { status?: Domain['status'] } => {
  if (text === undefined) return {};
  const status = STATUSES.find((known) => known === text);
  if (status) return { status };
  throw new AppError('USAGE', `--status must be one of ${STATUSES.join(', ')}.`);
};

type Found = { rows: DomainRow[]; total: number };

const collect = async (core: Core, query: DomainQuery, limit: number): Promise<Found> => {
  await core.loaded;
  const rows: DomainRow[] = [];
  let cursor: string | undefined;
  let total = 0;
  do {
    const wanted = Math.min(PAGE, limit - rows.length);
    const page = await ask(core, 'domains.list', { ...query, limit: wanted, ...(cursor ? { cursor } : {}) });
    rows.push(...page.rows);
    cursor = page.next;
    total = page.total;
  } while (cursor && rows.length < limit);
  return { rows, total };
};

const noteOf = (domain: Domain): string => {
  if (domain.status === 'processing') return domain.step;
  if (domain.status !== 'error') return domain.title ?? '';
  return `${domain.errorMessage}${domain.notBefore ? ` Next try after ${localTime(domain.notBefore)}.` : ''}`;
};
const line = ({ domain, posts }: DomainRow): string[] => [
  domain.status,
  `${domain.pinned ? '*' : ' '}${cut(clean(domain.id), 40)}`,
  counted(posts, 'post'),
  counted(domain.feeds.length, 'feed'),
  cut(clean(noteOf(domain)), 120),
];

const print = async (io: Io, { rows, total }: Found): Promise<void> => {
  if (rows.length === 0) return io.tell('No domains.');
  await io.out(columns(rows.map(line)));
  if (total > rows.length) io.tell(`${counted(rows.length, 'domain')} of ${total.toLocaleString('en')}. More with --limit.`);
};

/** `tidings domains`: the sites kept posts link to, pinned first, then newest. */
export const domainsCommand: Command = async (args, io) => {
  const { values } = readArgs(args, { status: { type: 'string' }, limit: { type: 'string' } });
  const query = toStatus(values.status);
  const asked = wholeNumber(values.limit, 'limit', { min: 1, max: Number.MAX_SAFE_INTEGER });
  const limit = asked ?? (values.json ? Number.MAX_SAFE_INTEGER : SCREENFUL);
  const found = await withCore(io, values.data, 'read', (core) => collect(core, query, limit));
  await (values.json
    ? printJson(
        io,
        found.rows.map(({ domain, posts }) => ({ ...domain, posts })),
      )
    : print(io, found));
  return 0;
};
