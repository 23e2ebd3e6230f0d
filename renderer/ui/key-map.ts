/** What the keys do, in words, for the help and the settings. Pairs are pressed one after the other. */
export const KEY_GROUPS: readonly { name: string; keys: readonly { words: string; keys: readonly string[] }[] }[] = [
  {
    name: 'In a list of posts',
    keys: [
      { words: 'Next, previous post', keys: ['j', 'k'] },
      { words: 'The same, by arrows', keys: ['↓', '↑'] },
      { words: 'Open in the reader', keys: ['o', 'Enter'] },
      { words: 'Open page in the browser', keys: ['v'] },
      { words: 'Comments', keys: ['c'] },
      { words: 'Read or unread', keys: ['m'] },
      { words: 'Star', keys: ['s'] },
      { words: 'Unread only', keys: ['u'] },
      { words: 'Mark all as read', keys: ['A'] },
      { words: 'Mark older as read', keys: ['O'] },
      { words: 'Back to the list', keys: ['Esc'] },
    ],
  },
  {
    name: 'Anywhere',
    keys: [
      { words: 'Search', keys: ['/'] },
      { words: 'Fetch feeds now', keys: ['r'] },
      { words: 'Today', keys: ['g', 't'] },
      { words: 'All posts', keys: ['g', 'a'] },
      { words: 'Unread', keys: ['g', 'u'] },
      { words: 'Starred', keys: ['g', 's'] },
      { words: 'Hacker News', keys: ['g', 'n'] },
      { words: 'Last hour, top 20', keys: ['g', 'l'] },
      { words: 'Sources', keys: ['g', 'f'] },
      { words: 'Domains', keys: ['g', 'o'] },
      { words: 'Schedules', keys: ['g', 'd'] },
      { words: 'History', keys: ['g', 'h'] },
      { words: 'Stats', keys: ['g', 'i'] },
      { words: 'Settings', keys: ['g', ','] },
      { words: 'This map', keys: ['?'] },
    ],
  },
];
