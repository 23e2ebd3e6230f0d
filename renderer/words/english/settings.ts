import { count, number } from '../counting.ts';

/** What each setting is called and what it does; one entry a key of the settings, shown beside it and in the help. */
const rows = {
  appearance: { name: 'Appearance', help: 'Light or dark paper. As the system: it changes whenever the system does.' },
  density: { name: 'Rows', help: 'Compact puts each post on one line and moves the rows of tables closer together.' },
  readingSize: {
    name: 'Size of reading text',
    help: 'How large the text of a post is. A line keeps about 64 letters, so larger text makes a wider column.',
  },
  region: {
    name: 'Dates and numbers',
    help: 'How dates, times and numbers are written and on which day a week begins, here and in every open window. The words stay English.',
  },
  groupDuplicates: {
    name: 'Group the same story',
    help: 'Posts of several sources about one page stand as one row that names the others. Off, each is a row of its own.',
  },
  hideReadSources: {
    name: 'Hide sources without unread posts',
    help: 'They leave the sidebar until something new comes, and stay on the Sources screen.',
  },
  trayCount: {
    name: 'Unread count in the tray',
    help: 'A number beside the icon, where the system can show one. Muted sources are not counted.',
  },
  schedulerEnabled: {
    name: 'Run schedules',
    help: 'Off, nothing is fetched by itself on this computer. What you start by hand still runs.',
  },
  fetchIntervalMinutes: {
    name: 'Look at a feed every',
    help: 'The least time between two looks at the same feed. A source can have its own; a host that asks for more time gets it.',
  },
  adaptiveIntervals: {
    name: 'Ask quiet feeds less often',
    help: 'A feed is asked about twelve times between two of its posts, and at least once a day. Each source says why it is asked when it is.',
  },
  timeoutSeconds: {
    name: 'Give up on a request after',
    help: 'For the whole answer, not only its beginning. A slow source can have its own limit.',
  },
  lanes: {
    name: 'Requests at once',
    help: 'Over all hosts; one host gets one at a time, whatever this says. Fewer is gentler on a slow line.',
  },
  hackerNewsApi: {
    name: 'Hacker News API',
    help: 'Where stories are asked for, with its version. Change it only for a mirror of your own.',
  },
  keepPostsDays: {
    name: 'Keep posts',
    help: 'Starred and unread posts are never removed, whatever this says. A source can have a limit of its own.',
  },
  keepRunsDays: {
    name: 'Keep run records for',
    help: 'The newest run of each schedule and the newest fetch of each source stay, however old, and so do all totals.',
  },
};

/** Everything on the screen of settings. */
export const settings = {
  rows,
  screen: {
    settings: 'Settings',
    sub: 'Changes take effect at once',
    help: 'Help',
    reading: 'Reading the settings',
    find: 'Find a setting',
    nothingFound: 'No setting is called that',
    nothingFoundReason: (text: string) => `Nothing here has “${text}” in its name or its help.`,
    showAll: 'Show all settings',
    notices: (notices: number, text: string) => `${count(notices, 'notice')}: ${text}`,
    sections: {
      window: 'Window and tray',
      reading: 'Reading',
      fetching: 'Fetching',
      storage: 'What is kept',
      undo: 'What can be undone',
      backups: 'Backups',
      keyboard: 'Keyboard',
      about: 'About this copy',
    },
  },
  row: {
    byDefault: (value: string) => `By default: ${value}.`,
    backToDefault: 'Back to default',
    backToDefaultOf: (name: string, value: string) => `Back to default: ${name}, ${value}`,
  },
  values: {
    on: 'on',
    off: 'off',
    asTheSystem: 'As the system',
    light: 'Light',
    dark: 'Dark',
    comfortable: 'Comfortable',
    compact: 'Compact',
    forEver: 'For ever',
    forSomeDays: 'For some days',
    asThisComputer: 'As this computer',
    houseStyle: 'As Tidings does',
    pixels: (pixels: number) => `${number(pixels)} px`,
    pixelsSpoken: (pixels: number) => `${number(pixels)} pixels`,
    minutes: 'minutes',
    seconds: 'seconds',
    requests: 'requests',
    days: 'days',
    amount: (amount: number, unit: string) => `${number(amount)} ${unit}`,
  },
  reading: {
    example: (dateTime: string, day: string, amount: string, firstDay: string) =>
      `${dateTime}; ${day}; ${amount}; a week begins on ${firstDay}`,
    exampleName: 'Example',
    images: 'Pictures in posts',
    imagesHelp:
      'Off, because a picture tells its server that you read. Above a post, one click loads its pictures, or always those of its source; the page of a source has the same switch.',
    rules: 'Rules',
    rulesHelp:
      'Mute, star, highlight or mark as read by themselves what you describe. A rule can be tried on stored posts first.',
    rulesOpen: 'Open the rules',
  },
  address: { wrong: 'Write a web address that begins with http:// or https://.' },
  number: {
    whole: (unit: string) => `Write a whole number of ${unit}.`,
    atLeast: (least: number, unit: string) => `At least ${number(least)} ${unit}.`,
    atMost: (most: number, unit: string) => `At most ${number(most)} ${unit}.`,
  },
  login: {
    name: 'Start at login',
    help: 'Starts in the tray, without a window. The system keeps this setting; it is off at first.',
  },
  unreadNow: (unread: number) => `${number(unread)} now.`,
  keeping: {
    readFor: 'Keep read posts for',
    readForHelp: 'Counted from the day a post came in. What goes can be undone for 7 days, and does not come back as new.',
    plan: 'See what would go',
    planHelp:
      'A new limit removes nothing by itself: look at the plan and have it done once. From then on the nightly clean-up keeps to it.',
    showPlan: 'Show the plan',
  },
  storage: {
    reading: 'Reading the data folder',
    folder: 'Data folder',
    everything: (size: string, files: number) =>
      `${size} in ${count(files, 'file')}. Everything Tidings knows is here and nowhere else.`,
    show: 'Show the folder',
    files: (files: number, size: string) => `${count(files, 'file')}, ${size}`,
    posts: 'Posts',
    bodies: 'Texts of posts',
    sources: 'Sources',
    runs: 'Runs',
    fetchJobs: 'Fetch jobs',
    hackerNewsIndex: 'Hacker News stories known by number',
  },
  undo: {
    reading: 'Reading what can be undone',
    nothing: 'Nothing to undo',
    nothingHelp: 'What a clean-up removes or a job rewrites can be brought back here for 7 days.',
    broughtBack: (rows: number) => `${number(rows)} brought back`,
    undone: (when: string) => `. Undone ${when}.`,
    until: (when: string) => `. Can be undone until ${when}.`,
    undo: 'Undo',
  },
  backups: {
    looking: 'Looking for backups',
    last: (when: string) => `Last backup: ${when}`,
    none: 'There is no backup yet',
    help: 'Everything in one file, read back to be sure, every night; 7 days and 4 weeks are kept in',
    now: 'Back up now',
    list: (backups: number) => count(backups, 'backup'),
    restore: 'Restore',
    restoreFirst: 'Close Tidings, then run',
    restoreCommand: 'tidings restore FILE',
    restoreThen: '. What is here now is put aside, never deleted.',
  },
  about: {
    version: 'Version',
    runsAs: 'Runs as',
    desktop: 'an application on this desktop',
    headless: 'a host without a desktop, shown in a browser',
    timeZone: 'Time zone',
    licence: 'Licence',
    licenceIs: 'MIT. No account, no cloud, nothing is sent anywhere.',
  },
};
