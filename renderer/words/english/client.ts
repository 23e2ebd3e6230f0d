/** What is said about asking the core, whatever the screen. */
export const client = {
  lost: 'The connection to Tidings is lost. Nothing was changed by this.',
  fileGone: 'The file could not be read. Choose it again.',
  allSources: 'all sources',
  allPaused: 'There is no source here that is not paused',
  already: 'Already fetching',
  fetching: (what: string) => `Fetching ${what}`,
};
