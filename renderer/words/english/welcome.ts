import { count } from '../counting.ts';

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
    fetchThisOneNow: 'Fetch this one now',
    fetchTheseNow: (amount: number) => `Fetch these ${amount} now`,
    notNow: 'Not now',
    orBringYourOwn: 'Or bring your own',
    added: (title: string) => `Added ${title}`,
    trayHint: 'Closing this window leaves Tidings in the tray, where it goes on fetching. Quit is in the tray menu.',
  },
};
