import { AppError, type ErrorCode, toAppError } from '../../preload/contract/errors.ts';
import { withProfile } from '../lib/data-dir.ts';
import type { Command, Io } from './io.ts';

/** Each command is loaded when it is called, so that reading a few posts loads no parser and no HTTP client. */
const COMMANDS: Readonly<Record<string, () => Promise<Command>>> = {
  serve: async () => (await import('./commands/serve.ts')).serveCommand,
  open: async () => (await import('./commands/open.ts')).openCommand,
  source: async () => (await import('./commands/source.ts')).sourceCommand,
  run: async () => (await import('./commands/run.ts')).runCommand,
  posts: async () => (await import('./commands/posts.ts')).postsCommand,
  schedule: async () => (await import('./commands/schedule.ts')).scheduleCommand,
  digest: async () => (await import('./commands/digest.ts')).digestCommand,
  next: async () => (await import('./commands/next.ts')).nextCommand,
  domains: async () => (await import('./commands/domains.ts')).domainsCommand,
  history: async () => (await import('./commands/history.ts')).historyCommand,
  parse: async () => (await import('./commands/parse.ts')).parseCommand,
  stats: async () => (await import('./commands/stats.ts')).statsCommand,
  backup: async () => (await import('./commands/backup.ts')).backupCommand,
  restore: async () => (await import('./commands/backup.ts')).restoreCommand,
  secret: async () => (await import('./commands/secret.ts')).secretCommand,
  doctor: async () => (await import('./commands/doctor.ts')).doctorCommand,
};

/** What `tidings help` prints. */
export const HELP = `tidings: collects feeds and Hacker News on schedules, keeps them on this disk

  tidings serve [--port N] [--open] [--no-schedule]   run the scheduler, serve the window on loopback
  tidings open                                        a fresh link to the window of the running host
  tidings source add URL [--allow-local] [--folder A/B]
  tidings source add hn [--list top] [--min-score 50] [--limit 100]
  tidings source list | remove ID | import FILE.opml [--allow-local] | export
  tidings run JOB-OR-SCHEDULE [--option key=value ...]
  tidings posts [--source S] [--unread] [--starred] [--since ISO] [--search TEXT] [--saved NAME]
                [--limit N]
  tidings schedule list | pause ID [--minutes N | --until ISO] | resume ID [--make-up]
                       | answer ID --run|--skip | remove ID
  tidings schedule add --name N --job KIND --trigger JSON [--zone Z] [--option key=value ...] [--window JSON]
                       [--missed run-once|skip|ask] [--grace MINUTES] [--retries N] [--off]
  tidings digest list | editions ID [--limit N] | preview ID [--html] | replay ID --as-of ISO [--html]
                      | send ID [--test-to ADDRESS | --edition ID]
  tidings next TRIGGER-JSON [--zone Z] [--from ISO] [--count N] [--window JSON] | next --cases FILE.jsonl
  tidings history [--status S] [--schedule ID] [--limit N] | history show RUN-ID
  tidings domains [--status S] [--limit N]
  tidings parse FILE-OR-URL [--base URL] | parse --manifest CASES.json --out DIR
  tidings backup FILE | restore FILE                  everything in one file, and back
  tidings secret set NAME < FILE | list | remove NAME  passwords and tokens, never on the command line
  tidings stats [--days N] | doctor | help | --version

Every command takes --data DIR or --profile NAME, and --json where it prints.
Exit codes: 0 done, 1 the work failed, 2 bad usage, 3 the data folder is in use.
`;

const BAD_USAGE: ReadonlySet<ErrorCode> = new Set([
  'USAGE',
  'IPC_INVALID',
  'NOT_FOUND',
  'SCHED_INVALID',
  'SCHED_NEVER',
  'MAIL_INPUT',
]);

/** What to do about it, where a command line has an answer. */
const HINTS: Partial<Record<ErrorCode, string>> = { USAGE: ' See: tidings help', ADDR_BLOCKED: ' Add --allow-local.' };

const exitCode = (error: AppError): number => {
  if (error.code === 'STORE_LOCKED') return 3;
  return BAD_USAGE.has(error.code) ? 2 : 1;
};

const printHelp: Command = async (_args, io) => {
  await io.out(HELP);
  return 0;
};

const printVersion: Command = async (_args, io) => {
  const { readVersion } = await import('./with-core.ts');
  await io.out(`${readVersion()}\n`);
  return 0;
};

const findCommand = async (name: string | undefined, args: readonly string[]): Promise<Command> => {
  if (name === undefined || name === 'help' || name === '--help' || name === '-h' || args.includes('--help')) return printHelp;
  if (name === '--version' || name === '-v') return printVersion;
  const load = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (!load) throw new AppError('USAGE', `There is no command "${name.slice(0, 40)}".`);
  return load();
};

const readProfile = (typed: readonly string[], { env, cwd }: Io): string[] => {
  const read = withProfile(typed, { env, cwd });
  if ('problem' in read) throw new AppError('USAGE', read.problem);
  return read.argv;
};

/** Runs one command line. Never throws: what went wrong is said on stderr in one sentence. */
export const runCli = async (argv: readonly string[], io: Io): Promise<number> => {
  const [name, ...typed] = argv;
  try {
    const args = readProfile(typed, io);
    const command = await findCommand(name, args);
    return await command(args, io);
  } catch (thrown) {
    const error = toAppError(thrown);
    io.tell(`tidings: ${error.message}${HINTS[error.code] ?? ''}`);
    return exitCode(error);
  }
};
