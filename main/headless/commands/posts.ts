import type { PostQuery, PostRow } from '../../../preload/contract/post.ts';
import { MAX_SEARCH, type SearchProblem } from '../../../preload/contract/saved-search.ts';
import type { Core } from '../../core.ts';
import { instant, readArgs, wholeNumber } from '../args.ts';
import { ago, clean, columns, counted, cut } from '../format.ts';
import { type Command, type Io, printJson } from '../io.ts';
import { ask, withCore } from '../with-core.ts';
import { findSearch, findSource } from './find.ts';

const PAGE = 500;
/** Posts shown to a person who named no number. */
const SCREENFUL = 30;

type Found = { rows: PostRow[]; total: number };

/** Page after page until there are enough. The store cuts a page at 500; the command has no cap. */
const collect = async (core: Core, query: PostQuery, limit: number): Promise<Found> => {
  const rows: PostRow[] = [];
  let cursor: string | undefined;
  let total = 0;
  do {
    const wanted = Math.min(PAGE, limit - rows.length);
    const page = await ask(core, 'posts.list', { ...query, limit: wanted, ...(cursor ? { cursor } : {}) });
    rows.push(...page.rows);
    cursor = page.next;
    total = page.total;
  } while (cursor && rows.length < limit);
  return { rows, total };
};

/** The newest month often has enough; only if not are the older ones waited for. */
const find = async (core: Core, query: PostQuery, limit: number, isNarrow: boolean): Promise<Found> => {
  if (!isNarrow) {
    const found = await collect(core, query, limit);
    if (found.rows.length >= limit) return found;
  }
  await core.loaded;
  return collect(core, query, limit);
};

const line = (post: PostRow, now: number): string[] => {
  const score = post.hn ? ` (${post.hn.score} points)` : '';
  return [
    ago(post.collectedAt, now),
    post.isRead ? ' ' : '*',
    cut(clean(post.sourceTitle), 24),
    `${cut(clean(post.title), 90)}${score}`,
  ];
};

const print = async (io: Io, { rows, total }: Found): Promise<void> => {
  if (rows.length === 0) return io.tell('No posts.');
  await io.out(columns(rows.map((post) => line(post, io.now()))));
  if (total > rows.length) io.tell(`${counted(rows.length, 'post')} of ${total.toLocaleString('en')}. More with --limit.`);
};

const PROBLEMS: Record<SearchProblem, string> = {
  date: 'is no date; write 2026, 2026-11, 2026-11-05, 7d, today or yesterday',
  value: 'is not known; see: tidings help',
  unfinished: 'says nothing yet',
};

/** What of a search is passed over, and why. */
const tellProblems = async (core: Core, io: Io, search: string): Promise<void> => {
  const text = search.slice(0, MAX_SEARCH);
  const { parts } = await ask(core, 'searches.explain', { text });
  for (const { problem, from, to } of parts) {
    if (problem) io.tell(`${clean(text.slice(from, to))} ${PROBLEMS[problem]}. It was passed over.`);
  }
};

type Narrowing = { source?: string; saved?: string; search?: string; unread?: boolean; since?: string };

/** What the options of a command narrow the list to. */
const narrowed = async (core: Core, { source, saved, search, unread, since }: Narrowing): Promise<PostQuery> => ({
  ...(unread ? { unreadOnly: true } : {}),
  ...(source === undefined ? {} : { sourceId: (await findSource(core, source)).id }),
  ...(saved === undefined ? {} : { searchId: (await findSearch(core, saved)).id }),
  ...(search ? { search } : {}),
  ...(since ? { since } : {}),
});

/** `tidings posts`: newest first. */
export const postsCommand: Command = async (args, io) => {
  const { values } = readArgs(args, {
    source: { type: 'string' },
    unread: { type: 'boolean' },
    starred: { type: 'boolean' },
    since: { type: 'string' },
    search: { type: 'string' },
    saved: { type: 'string' },
    limit: { type: 'string' },
  });
  const since = instant(values.since, 'since');
  const asked = wholeNumber(values.limit, 'limit', { min: 1, max: Number.MAX_SAFE_INTEGER });
  const limit = asked ?? (values.json ? Number.MAX_SAFE_INTEGER : SCREENFUL);
  const found = await withCore(io, values.data, 'read', async (core) => {
    if (values.search) await tellProblems(core, io, values.search);
    const query = {
      view: values.starred ? ('starred' as const) : ('all' as const),
      ...(await narrowed(core, { ...values, since })),
    };
    return find(core, query, limit, Object.keys(query).length > 1 || values.starred === true);
  });
  await (values.json ? printJson(io, found.rows) : print(io, found));
  return 0;
};
