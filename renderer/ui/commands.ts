import { words } from '../words/words.ts';

const { commands: say } = words;

/** Every action of the window that has a name. */
export type CommandId = keyof typeof say.names;
/** Where a command works: on every screen, or on the screen of that name. `going` works everywhere and goes somewhere. */
export type CommandPlace = keyof typeof say.places;

/** What is known of a command whether or not its screen is there. */
export type CommandFacts = {
  where: CommandPlace;
  /** Each of them does it, as `useKeys` writes keys: `j`, `Escape`, `g t`, `Mod+k`, `Shift+F6`. */
  keys: readonly string[];
  /** Keys that do the same while the thing itself has the focus; the thing hears them. */
  alsoKeys?: readonly string[];
};

/** The one list of commands: the keys, the map of keys and the palette are made from it. */
export const COMMANDS: Record<CommandId, CommandFacts> = {
  'palette.open': { where: 'everywhere', keys: ['Mod+k', ':'] },
  'posts.find': { where: 'everywhere', keys: ['/'] },
  'search.save': { where: 'everywhere', keys: ['S'] },
  'feeds.fetch': { where: 'everywhere', keys: ['r'] },
  'message.act': { where: 'everywhere', keys: ['z'] },
  'source.add': { where: 'everywhere', keys: ['+'] },
  'pane.next': { where: 'everywhere', keys: ['F6'] },
  'pane.previous': { where: 'everywhere', keys: ['Shift+F6'] },
  'keys.show': { where: 'everywhere', keys: ['?'] },
  'source.addHackerNews': { where: 'everywhere', keys: [] },
  'sources.import': { where: 'everywhere', keys: [] },
  'sources.export': { where: 'everywhere', keys: [] },
  'sources.hideRead': { where: 'everywhere', keys: ['H'] },
  'schedule.add': { where: 'everywhere', keys: [] },
  'digest.add': { where: 'everywhere', keys: [] },
  'rule.add': { where: 'everywhere', keys: [] },
  'schedules.pauseHour': { where: 'everywhere', keys: [] },
  'schedules.pause': { where: 'everywhere', keys: [] },
  'schedules.resume': { where: 'everywhere', keys: [] },
  'backup.make': { where: 'everywhere', keys: [] },
  'receipt.putAway': { where: 'everywhere', keys: [] },
  'alerts.putAway': { where: 'everywhere', keys: [] },
  'look.switch': { where: 'everywhere', keys: [] },
  'look.density': { where: 'everywhere', keys: [] },
  'window.reload': { where: 'everywhere', keys: [] },
  'posts.next': { where: 'posts', keys: ['j'], alsoKeys: ['ArrowDown'] },
  'posts.previous': { where: 'posts', keys: ['k'], alsoKeys: ['ArrowUp'] },
  'posts.nextUnread': { where: 'posts', keys: ['n'] },
  'posts.previousUnread': { where: 'posts', keys: ['p'] },
  'posts.open': { where: 'posts', keys: ['o'], alsoKeys: ['Enter'] },
  'posts.turn': { where: 'reading', keys: [' '] },
  'posts.close': { where: 'posts', keys: ['Escape'] },
  'post.page': { where: 'posts', keys: ['v'] },
  'post.comments': { where: 'posts', keys: ['c'] },
  'post.read': { where: 'posts', keys: ['m'] },
  'post.star': { where: 'posts', keys: ['s', 'f'] },
  'posts.unreadOnly': { where: 'posts', keys: ['u'] },
  'posts.markAll': { where: 'posts', keys: ['A'] },
  'posts.markOlder': { where: 'posts', keys: ['O'] },
  'posts.markNewer': { where: 'posts', keys: ['I'] },
  'post.labels': { where: 'reading', keys: ['l'] },
  'post.mute': { where: 'reading', keys: [] },
  'post.rule': { where: 'reading', keys: [] },
  'post.article': { where: 'reading', keys: ['d'] },
  'post.images': { where: 'reading', keys: ['i'] },
  'post.changes': { where: 'reading', keys: ['e'] },
  'post.copyLink': { where: 'reading', keys: ['y'] },
  'post.copyMarkdown': { where: 'reading', keys: ['Y'] },
  'text.larger': { where: 'reading', keys: [']'] },
  'text.smaller': { where: 'reading', keys: ['['] },
  'go.today': { where: 'going', keys: ['g t'] },
  'go.all': { where: 'going', keys: ['g a'] },
  'go.unread': { where: 'going', keys: ['g u'] },
  'go.starred': { where: 'going', keys: ['g s', 'g b'] },
  'go.hackerNews': { where: 'going', keys: ['g n'] },
  'go.lastHour': { where: 'going', keys: ['g l'] },
  'go.top': { where: 'going', keys: ['g p'] },
  'go.sources': { where: 'going', keys: ['g f'] },
  'go.rules': { where: 'going', keys: ['g r'] },
  'go.domains': { where: 'going', keys: ['g o'] },
  'go.schedules': { where: 'going', keys: ['g d'] },
  'go.history': { where: 'going', keys: ['g h'] },
  'go.problems': { where: 'going', keys: [] },
  'go.grid': { where: 'going', keys: [] },
  'history.problems': { where: 'history', keys: ['p'] },
  'history.clear': { where: 'history', keys: ['x'] },
  'times.switch': { where: 'history', keys: ['t'] },
  'run.previous': { where: 'run', keys: ['['] },
  'run.next': { where: 'run', keys: [']'] },
  'run.copyReport': { where: 'run', keys: [] },
  'run.again': { where: 'run', keys: [] },
  'run.retryFailed': { where: 'run', keys: [] },
  'run.cancel': { where: 'run', keys: [] },
  'digest.sendNow': { where: 'digest', keys: [] },
  'digest.sendTest': { where: 'digest', keys: [] },
  'digest.people': { where: 'digest', keys: [] },
  'digest.editions': { where: 'digest', keys: [] },
  'digest.pause': { where: 'digest', keys: [] },
  'digest.resume': { where: 'digest', keys: [] },
  'digest.remove': { where: 'digest', keys: [] },
  'go.digests': { where: 'going', keys: ['g m'] },
  'go.stats': { where: 'going', keys: ['g i'] },
  'go.settings': { where: 'going', keys: ['g ,'] },
  'go.searches': { where: 'going', keys: [] },
  'go.series': { where: 'going', keys: [] },
  'go.help': { where: 'going', keys: [] },
  'go.welcome': { where: 'going', keys: [] },
};

const isMac = (): boolean => /mac/i.test(navigator.platform);
const SIGNS: Record<string, string> = {
  ArrowDown: '↓',
  ArrowUp: '↑',
  ArrowLeft: '←',
  ArrowRight: '→',
  ' ': words.commands.space,
  Escape: 'Esc',
};
/** A key as it is printed: the caps to press, one after the other or together. `Mod` is Ctrl, on a Mac the command key. */
export const keyCaps = (key: string): string[] => {
  if (key === '+') return [key];
  if (key === ' ') return [SIGNS[key] ?? key];
  const parts = key.split(/[ +]/).filter(Boolean);
  return parts.map((part) => {
    if (part === 'Mod') return isMac() ? '⌘' : 'Ctrl';
    return SIGNS[part] ?? (key.startsWith('Mod+') ? part.toUpperCase() : part);
  });
};
/** `j` or `Ctrl+K`: the first key of a command as `aria-keyshortcuts` and tooltips write it; nothing where it has none. */
export const firstKey = (id: CommandId): string | undefined => COMMANDS[id].keys[0];
