import type { DigestPreview, DigestRow, EditionRow } from '../../../preload/contract/digest.ts';
import { AppError } from '../../../preload/contract/errors.ts';
import type { Run, StartedRun } from '../../../preload/contract/run.ts';
import type { Core } from '../../core.ts';
import { instant, readArgs, wholeNumber } from '../args.ts';
import { clean, columns, counted, cut, localTime } from '../format.ts';
import { type Command, type Io, printJson } from '../io.ts';
import { ask, withCore } from '../with-core.ts';
import { findDigest } from './find.ts';
import { waitFor } from './run.ts';

const PAGE = 200;
const PREVIEW_FORM = { html: { type: 'boolean' } } as const;

/** *12 sent, 1 in doubt*: deliveries by how they stand. */
const deliveriesInWords = ({ deliveries }: EditionRow): string =>
  Object.entries(deliveries)
    .filter(([, count]) => count > 0)
    .map(([state, count]) => `${count} ${state.replace('-', ' ')}`)
    .join(', ') || 'not sent';

const describe = ({ row, badge, recipients, lastEdition }: DigestRow): string[] => {
  const { schedule, words, next } = row;
  return [
    schedule.id,
    cut(clean(schedule.name), 32),
    words.endsWith(schedule.timeZone) ? words : `${words} ${schedule.timeZone}`,
    next[0] ? localTime(next[0]) : '-',
    badge,
    `${recipients.active} ${recipients.active === 1 ? 'person' : 'people'}`,
    lastEdition ? `no. ${lastEdition.number}: ${deliveriesInWords(lastEdition)}` : 'no edition yet',
  ];
};

const list: Command = async (args, io) => {
  const { values } = readArgs(args, {});
  const rows = await withCore(io, values.data, 'read', (core) => ask(core, 'digests.list', {}));
  if (values.json) {
    const flat = rows.map(({ row, ...rest }) => ({ ...row.schedule, words: row.words, next: row.next, ...rest }));
    await printJson(io, flat);
  } else if (rows.length === 0) io.tell('No digests.');
  else await io.out(columns(rows.map(describe)));
  return 0;
};

const show = async (io: Io, preview: DigestPreview, form: { json?: boolean | undefined; html?: boolean | undefined }) => {
  if (form.json) return printJson(io, preview);
  if (form.html) return io.out(preview.html);
  const { content, considered, subject, text } = preview;
  io.tell(`${counted(content.items.length, 'post')}, chosen from ${considered.toLocaleString('en')}. Nothing is kept or sent.`);
  return io.out(`Subject: ${clean(subject)}\n\n${text}\n`);
};

const previewOf = async (core: Core, name: string, asOf: string | undefined): Promise<DigestPreview> => {
  const { row, options } = await findDigest(core, name);
  const { id, name: title, timeZone } = row.schedule;
  return ask(core, 'digests.preview', { name: title, timeZone, options, scheduleId: id, ...(asOf ? { asOf } : {}) });
};

const preview: Command = async (args, io) => {
  const { values, positionals } = readArgs(args, PREVIEW_FORM, { min: 1, max: 1 });
  const made = await withCore(io, values.data, 'read', (core) => previewOf(core, positionals[0] ?? '', undefined));
  await show(io, made, values);
  return 0;
};

const replay: Command = async (args, io) => {
  const { values, positionals } = readArgs(args, { ...PREVIEW_FORM, 'as-of': { type: 'string' } }, { min: 1, max: 1 });
  const asOf = instant(values['as-of'], 'as-of');
  if (!asOf) throw new AppError('USAGE', 'Say --as-of and an instant such as 2026-11-21T08:00:00Z.');
  const made = await withCore(io, values.data, 'read', (core) => previewOf(core, positionals[0] ?? '', asOf));
  await show(io, made, values);
  return 0;
};

/** What is printed of a digest's run. */
const toJson = (run: Run) => ({
  id: run.id,
  status: run.status,
  counts: 'counts' in run ? run.counts : {},
  steps: 'steps' in run ? (run.steps ?? []) : [],
  ...(run.status === 'failed' ? { errorCode: run.errorCode, errorMessage: run.errorMessage } : {}),
});

const printRun = async (io: Io, run: Run): Promise<void> => {
  const steps = 'steps' in run ? (run.steps ?? []) : [];
  const lines = steps.map(({ name, result, error }) => `  ${name}: ${clean(error ?? result ?? '')}\n`);
  const failed = run.status === 'failed' ? `${clean(run.errorMessage)}\n` : '';
  await io.out(`${clean(run.name)}: ${run.status} (${run.id})\n${lines.join('')}${failed}`);
};

const startSending = async (
  core: Core,
  { row }: DigestRow,
  { testTo, edition }: { testTo?: string | undefined; edition?: string | undefined },
): Promise<StartedRun> => {
  const scheduleId = row.schedule.id;
  if (edition) {
    const page = await ask(core, 'digests.edition', { id: edition });
    if (page.edition.scheduleId !== scheduleId) throw new AppError('NOT_FOUND', 'There is no such edition of this digest.');
    return ask(core, 'digests.retrySend', { id: edition });
  }
  return testTo ? ask(core, 'digests.sendTest', { scheduleId, to: testTo }) : ask(core, 'runs.start', { scheduleId });
};

const send: Command = async (args, io) => {
  const own = { 'test-to': { type: 'string' }, edition: { type: 'string' } } as const;
  const { values, positionals } = readArgs(args, own, { min: 1, max: 1 });
  const { 'test-to': testTo, edition } = values;
  if (testTo !== undefined && edition !== undefined) throw new AppError('USAGE', 'Say --test-to or --edition, not both.');
  if (testTo === '') throw new AppError('USAGE', '--test-to must be an address.');
  const ended = await withCore(io, values.data, 'write', async (core) => {
    const digest = await findDigest(core, positionals[0] ?? '');
    const { run } = await startSending(core, digest, { testTo, edition });
    return waitFor(core, run.id, io.signal);
  });
  await (values.json ? printJson(io, toJson(ended)) : printRun(io, ended));
  return ended.status === 'completed' ? 0 : 1;
};

const collect = async (core: Core, scheduleId: string, limit: number): Promise<EditionRow[]> => {
  const rows: EditionRow[] = [];
  let cursor: string | undefined;
  do {
    const wanted = Math.min(PAGE, limit - rows.length);
    const page = await ask(core, 'digests.editions', { scheduleId, limit: wanted, ...(cursor ? { cursor } : {}) });
    rows.push(...page.rows);
    cursor = page.next;
  } while (cursor && rows.length < limit);
  return rows;
};

const describeEdition = (row: EditionRow): string[] => [
  localTime(row.at),
  row.id,
  row.isTest ? 'test' : `no. ${row.number}`,
  counted(row.items, 'post'),
  row.isTest ? 'a test' : deliveriesInWords(row),
  cut(clean(row.subject), 60),
];

const editions: Command = async (args, io) => {
  const { values, positionals } = readArgs(args, { limit: { type: 'string' } }, { min: 1, max: 1 });
  const limit = wholeNumber(values.limit, 'limit', { min: 1, max: Number.MAX_SAFE_INTEGER }) ?? 50;
  const rows = await withCore(io, values.data, 'read', async (core) => {
    const { row } = await findDigest(core, positionals[0] ?? '');
    return collect(core, row.schedule.id, limit);
  });
  if (values.json) await printJson(io, rows);
  else if (rows.length === 0) io.tell('No editions.');
  else await io.out(columns(rows.map(describeEdition)));
  return 0;
};

const VERBS: Readonly<Record<string, Command>> = { list, preview, send, editions, replay };

/** `tidings digest ...`: looks at digests and their editions, and sends one now. Exit code 1 when the run did not complete. */
export const digestCommand: Command = (args, io) => {
  const [name = '', ...rest] = args;
  const command = Object.hasOwn(VERBS, name) ? VERBS[name] : undefined;
  if (!command) throw new AppError('USAGE', 'Say what to do with digests: list, preview, send, editions or replay.');
  return command(rest, io);
};
