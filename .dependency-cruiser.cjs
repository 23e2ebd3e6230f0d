/*
 * Who may import whom: the table of docs/architecture.md as rules. Each rule says what to do instead.
 */
const may = (name, folder, allowed, comment) => ({
  name,
  comment,
  severity: 'error',
  from: { path: `^${folder}` },
  to: { path: '^(main|preload|renderer|test)/', pathNot: [`^${folder}`, ...allowed.map((place) => `^${place}`)] },
});
const only = (library, place, comment) => ({
  name: `only-${place.replaceAll(/[^a-z]+/g, '-').replace(/-$/, '')}-imports-${library}`,
  comment,
  severity: 'error',
  from: { pathNot: `^(${place}|test/)` },
  // A linked node_modules resolves to a place outside the tree.
  to: { path: `(^|/)node_modules/${library}/|^${library}(/|$)` },
});

const CONTRACT = 'preload/contract/';
const LIB = 'main/lib/';

module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      comment: 'Two files that need each other are one file, or need a third.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'imports-are-found',
      comment: 'The import cannot be found: mend the path.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: '^(electron|node:)' },
    },
    may(
      'contract-imports-itself',
      CONTRACT,
      [],
      'The contract is what both sides agree on; move the helper to the side that needs it.',
    ),
    {
      name: 'contract-is-plain',
      comment: 'The contract has no I/O: only zod from outside.',
      severity: 'error',
      from: { path: `^${CONTRACT}` },
      to: { dependencyTypes: ['npm', 'core'], pathNot: 'node_modules/zod/' },
    },
    may(
      'lib-imports-the-contract-types-only',
      LIB,
      [CONTRACT],
      'A small tool has no opinions about news; pass in what it needs.',
    ),
    may('store-room', 'main/store/', [CONTRACT, LIB], 'The store knows rows, not feeds or schedules; give it values.'),
    may('net-room', 'main/net/', [CONTRACT, LIB], 'The network knows bytes; what they mean is decided in feeds/.'),
    may('search-room', 'main/search/', [CONTRACT, LIB], 'The index gets rows handed in.'),
    may(
      'feeds-room',
      'main/feeds/',
      [CONTRACT, LIB, 'main/net/', 'main/store/repositories\\.ts'],
      'Feeds turn bytes into drafts; a job stores them.',
    ),
    may(
      'hacker-news-room',
      'main/hacker-news/',
      [CONTRACT, LIB, 'main/net/', 'main/store/repositories\\.ts'],
      'The client gives values; a job stores them.',
    ),
    may('digest-room', 'main/digest/', [CONTRACT, LIB, 'main/store/', 'main/net/'], 'A digest reads the store and writes mail.'),
    may(
      'secrets-room',
      'main/secrets/',
      [CONTRACT, LIB, 'main/store/(fs|store-error)\\.ts'],
      'Secrets are a file of their own; others get the type from main/lib/secrets.ts.',
    ),
    may('rules-room', 'main/rules/', [CONTRACT, LIB], 'A rule judges posts handed in; who stores the verdict is its caller.'),
    may('notify-room', 'main/notify/', [CONTRACT, LIB, 'main/net/'], 'A sink gets a message handed in.'),
    may(
      'jobs-room',
      'main/jobs/',
      [
        CONTRACT,
        LIB,
        'main/store/',
        'main/net/',
        'main/feeds/',
        'main/hacker-news/',
        'main/digest/',
        'main/notify/',
        'main/rules/',
        'main/search/',
      ],
      'A job does not know who starts it; give it what it needs as an argument.',
    ),
    may(
      'scheduler-room',
      'main/scheduler/',
      [CONTRACT, LIB, 'main/store/', 'main/jobs/job\\.ts'],
      'The scheduler says when; what is done lives in jobs/.',
    ),
    may(
      'api-room',
      'main/api/',
      [
        CONTRACT,
        LIB,
        'main/store/',
        'main/rules/',
        'main/search/',
        'main/scheduler/',
        'main/jobs/',
        'main/feeds/',
        'main/hacker-news/',
        'main/digest/',
        'main/net/',
      ],
      'A handler is thin: it asks a repository or starts a run.',
    ),
    may(
      'electron-host',
      'main/electron/',
      [CONTRACT, LIB, 'main/core\\.ts', 'main/api/dispatch\\.ts'],
      'A host carries questions; put the decision in the core.',
    ),
    may(
      'headless-host',
      'main/(headless/|launch\\.ts)',
      [CONTRACT, LIB, 'main/core\\.ts', 'main/api/dispatch\\.ts', 'main/headless/', 'main/demo/'],
      'A host carries questions; put the decision in the core.',
    ),
    may(
      'desktop-entry',
      'main/desktop\\.ts',
      ['main/electron/main\\.ts', 'main/headless/'],
      'The entry only decides which host is meant.',
    ),
    may(
      'demo-room',
      'main/demo/',
      [CONTRACT, LIB, 'main/store/', 'main/feeds/', 'main/core\\.ts', 'main/headless/'],
      'The demo makes a world and hands it to a host.',
    ),
    {
      name: 'core-imports-no-host',
      comment: 'The core never imports a host: pass what it needs into createCore.',
      severity: 'error',
      from: { path: '^main/', pathNot: '^main/(electron|headless|demo)/|^main/(launch|desktop)\\.ts' },
      to: { path: '^main/(electron|headless)/' },
    },
    may('preload-imports-contract', 'preload/index\\.ts', [CONTRACT], 'The preload forwards and knows no method names.'),
    may(
      'ui-room',
      'renderer/ui/',
      ['renderer/styles/', 'renderer/words/', `${CONTRACT}`],
      'ui/ has no data and no client: pass props.',
    ),
    may('words-room', 'renderer/words/', [CONTRACT], 'The catalogue gets values handed in.'),
    may('client-room', 'renderer/client/', [CONTRACT, 'renderer/words/'], 'The client carries questions; screens ask them.'),
    {
      name: 'screens-do-not-meet',
      comment: 'A screen imports no other screen: share through ui/, or link through the view state.',
      severity: 'error',
      from: {
        path: '^renderer/(posts|sources|schedules|history|digests|domains|gaps|top|stats|settings|help|welcome|rules|searches)/',
      },
      to: {
        path: '^renderer/(posts|sources|schedules|history|digests|domains|gaps|top|stats|settings|help|welcome|rules|searches)/',
        pathNot: '^renderer/$1/',
      },
    },
    {
      name: 'renderer-stays-in-the-page',
      comment: 'The page talks to the core through the client only.',
      severity: 'error',
      from: { path: '^renderer/' },
      to: { path: '^main/|^preload/index|^(node_modules/)?electron' },
    },
    {
      name: 'renderer-has-no-node',
      comment: 'The page runs in a browser.',
      severity: 'error',
      from: { path: '^renderer/' },
      to: { dependencyTypes: ['core'] },
    },
    only('electron', 'main/electron/|preload/index\\.ts', 'Only the Electron host and the preload import electron.'),
    only('node-schedule', 'main/scheduler/scheduler\\.ts', 'node-schedule is an alarm for one date; ask the scheduler.'),
    only('lowdb', 'main/store/', 'lowdb lives behind Collection; ask a repository.'),
    only('rss-parser', 'main/feeds/', 'Feeds are parsed in main/feeds.'),
    only('undici', 'main/net/', 'Everything that goes out goes through download().'),
    only('ws', 'main/headless/', 'The socket belongs to the headless host.'),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(dist|release)/' },
    tsPreCompilationDeps: true,
    combinedDependencies: true,
    tsConfig: { fileName: 'tsconfig.base.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      mainFields: ['module', 'main', 'types'],
      extensions: ['.ts', '.tsx', '.js', '.cjs', '.json'],
      conditionNames: ['import', 'require', 'node', 'default'],
    },
  },
};
