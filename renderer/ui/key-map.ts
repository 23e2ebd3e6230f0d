/**
 * Keys of screens that do not offer commands yet (`useKeys`), in words. New keys go into `commands.ts` and are offered by
 * `useCommands`: the map, the keys and the palette are made from there.
 */
export const KEY_GROUPS: readonly { name: string; keys: readonly { words: string; keys: readonly string[] }[] }[] = [
  {
    name: 'In a list of posts',
    keys: [
      { words: 'Next, previous post', keys: ['j', 'k'] },
      { words: 'The same, by arrows', keys: ['↓', '↑'] },
      { words: 'Open in the reader', keys: ['o', 'Enter'] },
      { words: 'Open page in the browser', keys: ['v'] },
      { words: 'Comments', keys: ['c'] },
      { words: 'A page down, then the next unread', keys: ['Space'] },
      { words: 'Read or unread', keys: ['m'] },
      { words: 'Star', keys: ['s'] },
      { words: 'Unread only', keys: ['u'] },
      { words: 'Mark all as read', keys: ['A'] },
      { words: 'Mark older as read', keys: ['O'] },
      { words: 'Back to the list', keys: ['Esc'] },
    ],
  },
];
