import { readFile } from 'node:fs/promises';
import { AppError } from '../../../preload/contract/errors.ts';
import {
  type HackerNewsList,
  hackerNewsListSchema,
  type OpmlImport,
  type Source,
  type SourceRow,
} from '../../../preload/contract/source.ts';
import { type Core, readOpmlText } from '../../core.ts';
import { readArgs, toPath, wholeNumber } from '../args.ts';
import { ago, clean, columns, counted, cut, localTime } from '../format.ts';
import { type Command, type Io, printJson } from '../io.ts';
import { ask, withCore } from '../with-core.ts';
import { findSource } from './find.ts';

const toFolder = (text: string | undefined): string[] =>
  (text ?? '')
    .split('/')
    .map((name) => name.trim())
    .filter(Boolean);

/** Looks behind the address and adds the first feed there; one that is read already is answered as it is. */
const addFeed = async (
  core: Core,
  io: Io,
  url: string,
  own: { folder: string[]; allowLocalNetwork?: boolean },
): Promise<Source> => {
  const local = own.allowLocalNetwork ? { allowLocalNetwork: true } : {};
  const { feeds } = await ask(core, 'sources.discover', { url, ...local });
  const feed = feeds[0];
  if (!feed) throw new AppError('NOT_A_FEED', 'No feed was found there.');
  for (const other of feeds.slice(1)) io.tell(`Also there: ${clean(other.title)} <${other.feedUrl}>`);
  if (feed.alreadySourceId) {
    io.tell('You already read this feed.');
    return (await ask(core, 'sources.get', { id: feed.alreadySourceId })).source;
  }
  const { feedUrl, siteUrl, title } = feed;
  return ask(core, 'sources.add', {
    kind: 'feed',
    feedUrl,
    title,
    ...(siteUrl ? { siteUrl } : {}),
    folder: own.folder,
    ...local,
  });
};

const toList = (text: string): HackerNewsList => {
  const list = hackerNewsListSchema.safeParse(text);
  if (list.success) return list.data;
  throw new AppError('USAGE', `--list must be one of ${hackerNewsListSchema.options.join(', ')}.`);
};

const add: Command = async (args, io) => {
  const { values, positionals } = readArgs(
    args,
    {
      'allow-local': { type: 'boolean' },
      folder: { type: 'string' },
      list: { type: 'string', default: 'top' },
      'min-score': { type: 'string' },
      limit: { type: 'string' },
    },
    { min: 1, max: 1 },
  );
  const [url = ''] = positionals;
  const folder = toFolder(values.folder);
  const list = toList(values.list);
  const minScore = wholeNumber(values['min-score'], 'min-score', { min: 0, max: 100_000 }) ?? 50;
  const limit = wholeNumber(values.limit, 'limit', { min: 1, max: 500 }) ?? 100;
  const source = await withCore(io, values.data, 'write', (core) =>
    url === 'hn'
      ? ask(core, 'sources.add', { kind: 'hacker-news', list, minScore, limit, folder })
      : addFeed(core, io, url, { folder, ...(values['allow-local'] ? { allowLocalNetwork: true } : {}) }),
  );
  await (values.json ? printJson(io, source) : io.out(`Added: ${clean(source.title)} (${source.id})\n`));
  return 0;
};

const describe = ({ source, unread, posts, recent, failures }: SourceRow, now: number): string[] => {
  const last = recent.at(-1);
  const asked = last && 'startedAt' in last && last.startedAt ? ago(last.startedAt, now) : 'Never asked';
  const state = source.paused ? 'Paused' : failures > 0 ? `Failed ${failures}x` : asked;
  const address = source.kind === 'feed' ? source.feedUrl : `${source.list}, ${source.minScore} points, ${source.limit} stories`;
  return [source.id, cut(clean(source.title), 32), `${unread}/${posts}`, state, address];
};

/** *Next 2026-11-22 14:20. Every 30 minutes. It has about 7 posts a week ...*: the reasons in the order of their times, the last one wins. */
const whyLine = ({ nextTryAt, why }: SourceRow, now: number): string => {
  const today = localTime(new Date(now).toISOString()).slice(0, 10);
  const short = (instant: string): string => localTime(instant).replace(`${today} `, '');
  const [winner, ...rest] = why;
  const chain = [...rest.reverse(), ...(winner ? [winner] : [])];
  const said = chain.map(({ text, until }) => (until ? `${text} (${short(until)})` : text)).join(' > ');
  return `    why: ${[nextTryAt ? `next ${short(nextTryAt)}` : '', clean(said)].filter(Boolean).join('; ') || 'nothing to wait for'}\n`;
};

const list: Command = async (args, io) => {
  const { values } = readArgs(args, {});
  const rows = await withCore(io, values.data, 'read', async (core) => {
    await core.loaded;
    return ask(core, 'sources.list', {});
  });
  if (values.json) {
    await printJson(
      io,
      rows.map(({ source, recent, ...rest }) => ({ ...source, ...rest, fetchJob: recent.at(-1) ?? null })),
    );
    return 0;
  }
  if (rows.length === 0) io.tell('No sources. Add one: tidings source add URL');
  const lines = columns(rows.map((row) => describe(row, io.now())))
    .split('\n')
    .filter(Boolean);
  await io.out(rows.map((row, index) => `${lines[index]}\n${whyLine(row, io.now())}`).join(''));
  return 0;
};

const remove: Command = async (args, io) => {
  const { values, positionals } = readArgs(args, {}, { min: 1, max: 1 });
  const removed = await withCore(io, values.data, 'write', async (core) => {
    const { id } = await findSource(core, positionals[0] ?? '');
    return { id, ...(await ask(core, 'sources.remove', { id })) };
  });
  const words = `Removed with ${counted(removed.posts, 'post')} and ${counted(removed.fetchJobs, 'fetch job')}.\n`;
  await (values.json ? printJson(io, removed) : io.out(words));
  return 0;
};

const printImport = async (io: Io, result: OpmlImport): Promise<void> => {
  await io.out(`${counted(result.added, 'source')} added, ${result.known} known, ${result.refused.length} refused.\n`);
  for (const { url, reason } of result.refused) io.tell(`Not added: ${clean(url)}: ${reason}`);
};

const importList: Command = async (args, io) => {
  const { values, positionals } = readArgs(args, { 'allow-local': { type: 'boolean' } }, { min: 1, max: 1 });
  const bytes = await readFile(toPath(io, positionals[0] ?? '')).catch(() => {
    throw new AppError('USAGE', `The file "${(positionals[0] ?? '').slice(0, 200)}" cannot be read.`);
  });
  const text = await readOpmlText(bytes);
  const result = await withCore(io, values.data, 'write', (core) =>
    ask(core, 'sources.importOpml', { text, ...(values['allow-local'] ? { allowLocalNetwork: true } : {}) }),
  );
  await (values.json ? printJson(io, result) : printImport(io, result));
  return 0;
};

const exportList: Command = async (args, io) => {
  const { values } = readArgs(args, {});
  const list = await withCore(io, values.data, 'read', (core) => ask(core, 'sources.exportOpml', {}));
  await (values.json ? printJson(io, list) : io.out(list.text));
  return 0;
};

const VERBS: Readonly<Record<string, Command>> = { add, list, remove, import: importList, export: exportList };

/** `tidings source ...`. */
export const sourceCommand: Command = (args, io) => {
  const [verb = '', ...rest] = args;
  const command = Object.hasOwn(VERBS, verb) ? VERBS[verb] : undefined;
  if (!command) throw new AppError('USAGE', 'Say what to do with sources: add, list, remove, import or export.');
  return command(rest, io);
};
