/** Switches that are meant for Chromium, in front of which our command line begins. AppImage adds the first one by itself. */
const CHROMIUMS = new Set(['--headless', '--no-sandbox', '--disable-gpu']);

/**
 * The words of a command in the command line of the desktop's program: `tidings --headless posts --limit 10`. Undefined where the
 * application itself is meant. The switch stands before the command, so that a command's own words are never taken for it.
 * `isUnpacked`: the path of the application comes first.
 */
export const wordsForHeadless = (argv: readonly string[], isUnpacked: boolean): string[] | undefined => {
  const typed = argv.slice(isUnpacked ? 2 : 1);
  const first = typed.findIndex((word) => !word.startsWith('--'));
  const switches = first < 0 ? typed : typed.slice(0, first);
  if (!switches.includes('--headless')) return undefined;
  return typed.filter((word, index) => !(CHROMIUMS.has(word) && (first < 0 || index < first)));
};
