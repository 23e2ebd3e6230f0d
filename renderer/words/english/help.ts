/** The page that helps when something is not as expected, and what every word for a status means. */
export const help = {
  title: 'Help',
  sub: 'What to do when something is not as you expect',
  jobs: 'What the jobs do',
  runCommand: (kind: string) => `tidings run ${kind}`,
  runIs: 'A run is',
  fetchJobIs: 'An attempt at a source is',
  fetchJobs: { queued: 'Queued', ongoing: 'Ongoing', completed: 'Completed', failed: 'Failed' },
  domainIs: 'A domain is',
  settings: 'What the settings do',
  places: { schedules: 'Schedules', history: 'History', sources: 'Sources', settings: 'Settings' },
  answers: {
    notRunning: {
      question: 'A schedule does not run. Why?',
      answer:
        'Open the menu of its row and choose “Why isn’t this running?”. Four things are looked at: whether the scheduler runs, whether all schedules are paused or switched off, whether this one is, and when it is due. Whatever is in the way is said first. A run by hand works at any time, also while everything is paused.',
    },
    slept: {
      question: 'This computer slept over a due time. What happens?',
      answer:
        'One run makes up for all that was missed, however many there were, as soon as there is a network again. The others are one row in the history with their span and their number. A schedule can also be told to let missed runs go, or to ask you.',
    },
    sourceFailing: {
      question: 'A source fails. What can I do?',
      answer:
        'Mostly nothing: it is asked again, less and less often, at least once a day, and never given up. Its page shows the last attempts with their errors and when it is tried next, and why then. Where a server named a time, it is kept, even by hand. An address that has changed can be mended on the same page; its posts stay.',
    },
    notAsked: {
      question: 'Why is a source not asked more often?',
      answer:
        'Its page shows the whole chain: the interval in Settings or its own, how often it brings something, what its server and its host asked for, and past failures. The longest of them decides. An interval you give a source yourself counts before what was learnt.',
    },
    offline: {
      question: 'There was no network. Is anything lost?',
      answer:
        'No. Runs that go out wait for the connection, no source is blamed, and what was due is made up once. The page of a hotel or a train that answers in place of a feed is told apart, and nobody is blamed for that either.',
    },
    where: {
      question: 'Where is everything kept, and how do I copy it?',
      answer:
        'In one folder on this computer; Settings names it under “What is kept”. A back-up is made each day and read back before it counts: seven days and four weeks of them are kept. “tidings backup FILE” writes one by hand, “tidings restore FILE” brings one back and puts the present folder aside first. Sources alone can be exported as OPML.',
    },
    removed: {
      question: 'What is removed by itself?',
      answer:
        'Run records after 30 days, though never the newest of a schedule or a source, and never the totals. Posts stay for ever unless you set a limit; starred and unread posts stay even then. What the clean-up took can be brought back for 7 days, and a dry run shows beforehand what it would take.',
    },
    crash: {
      question: 'Tidings or the computer stopped in the middle of a run.',
      answer:
        'Whatever was confirmed is on disk. At the next start the run is marked as abandoned, its open attempts as interrupted, and the sources are asked again. A damaged file is set aside, never overwritten, and the copy before it is used.',
    },
    second: {
      question: 'It says that the data folder is in use.',
      answer:
        'One process writes at a time, so that nothing is lost: the desktop application or the headless host. The message names which. Reading commands such as “tidings posts” and “tidings history” work meanwhile. “tidings doctor” looks at the folder and says what it finds.',
    },
  },
  meanings: {
    run: {
      queued: 'Waits for its turn: other runs are going.',
      running: 'Is at work now. It can be cancelled.',
      completed: 'Did its work. Single sources may have failed within it; they are counted.',
      failed: 'Could not do its work as a whole. Its page says why; nothing that was stored before is lost.',
      cancelled: 'You stopped it. What was stored until then stays.',
      abandoned: 'Tidings stopped in the middle of it. The next run takes up what was left.',
      missed: 'Was due while the computer slept, was off, paused or without a network. One row stands for the whole gap.',
      skipped: 'Was due while the run before was still going.',
      deferred: 'Waits for a better moment and will still be done.',
    },
    fetchJob: {
      queued: 'Waits for a free lane, or for another request to the same host.',
      ongoing: 'The server is being asked.',
      completed: 'It answered: with new posts, with nothing new, or that nothing had changed.',
      failed: 'It did not answer well. The error says what happened and the source’s page when it is tried again.',
    },
    domain: {
      pending: 'Was found in a post and waits to be looked at.',
      processing: 'Its home page is being read.',
      completed: 'Title, description, language and feeds are known.',
      error: 'Its home page could not be read. It can be tried again.',
    },
  },
};
