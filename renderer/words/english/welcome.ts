import { count, number } from '../counting.ts';

/** What the welcome says; one part a file. */
export const welcome = {
  bringYourOwn: {
    thereIsNoFeed: 'There is no feed behind this address.',
    isAlreadyASource: (title: string) => `${title} is already one of your sources.`,
    addressOfASiteOrAFeed: 'Address of a site or a feed',
    exampleOrg: 'example.org',
    looking: 'Looking',
    add: 'Add',
    knownAlreadyThere: (known: number) => `${known} already there`,
    refused: (refused: number) => `${refused} refused`,
    added: (added: number) => `${count(added, 'source')} added`,
    importAnOpmlFile: 'Import an OPML file',
    readingTheFile: 'Reading the file',
    fromAnotherReader: 'from another reader, folders included',
  },
  restoreHere: {
    name: 'Restore a backup',
    help: 'of Tidings on another computer, with all its posts',
    bringing: (part: number) => (part < 1 ? `Reading, ${Math.floor(part * 100)} %` : 'Reading it back'),
    restoring: 'Restoring',
    restored: (posts: number, sources: number) => `Restored ${count(posts, 'post')} and ${count(sources, 'source')}.`,
  },
  importSettings: {
    name: 'Take over settings',
    help: 'from a file of another Tidings',
    taken: (changed: number) => (changed === 0 ? 'Nothing was different' : `${count(changed, 'setting')} taken over`),
  },
  updates: {
    ask: 'Tell me about newer versions.',
    askHelp: 'Asks the homepage of Tidings once a day; loads nothing.',
  },
  firstSteps: {
    label: 'First steps',
    fetching: (done: number, all: number) => `Fetching: ${number(done)} of ${count(all, 'source')} done`,
    soFar: (posts: number) =>
      posts === 0 ? 'the first posts appear below as soon as they are here' : `${count(posts, 'post')} so far`,
    fetched: (sources: number, posts: number) => `${count(sources, 'source')} fetched: ${count(posts, 'post')}`,
    nothing: 'Nothing could be fetched yet',
    nothingIsLost: 'Nothing is lost, and it is tried again by itself.',
    offline: 'There is no connection. Nothing is lost: it is fetched by itself when the connection is back.',
    tryAgain: 'Try again',
    failed: (title: string, message: string) => `${title}: ${message}`,
    failedKept: 'The others are not touched by it, and it is tried again by itself.',
    more: (sources: number) => `and ${number(sources)} more`,
    keyNext: 'next post',
    keyBefore: 'the one before',
    keyStar: 'star',
    keyAll: 'all keys',
    keys: 'Keys',
    tray: 'Closing this window leaves Tidings in the tray, where it goes on fetching; Quit is in the tray menu.',
    close: 'Put away the first steps',
  },
  starters: {
    storiesOf: (list: string, minScore: number) => `${list} stories of ${minScore} points or more`,
    hackerNews: 'Hacker News',
    hourly: 'hourly',
  },
  welcomeScreen: {
    welcome: 'Welcome',
    yourNewsDeskIsReady: 'Your news desk is ready.',
    chooseWhatItShouldRead: 'Choose what it should read.',
    lead: 'Tidings fetches these on a schedule and keeps the posts on this computer. There is no account, and nothing you read is sent anywhere.',
    toBeginWith: 'To begin with',
    lookingForSuggestions: 'Looking for suggestions',
    starting: 'Starting',
    fetchNow: (sources: number) => {
      if (sources === 0) return 'Choose at least one';
      return sources === 1 ? 'Fetch this one now' : `Fetch these ${number(sources)} now`;
    },
    notNow: 'Not now',
    orBringYourOwn: 'Or bring your own',
    added: (title: string) => `Added ${title}`,
    trayHint: 'Closing this window leaves Tidings in the tray, where it goes on fetching. Quit is in the tray menu.',
  },
};
