import { count } from '../counting.ts';

/** What the lists of posts say; one part a file. The reader has words of its own. */
export const posts = {
  alsoIn: {
    label: 'Also in',
    inRow: (sources: string) => `also in ${sources}`,
    unread: 'unread',
  },
  settings: {
    groupDuplicates: {
      name: 'One row for a story from several sources',
      help: 'Posts of different sources about the same page stand, and count, as one; reading it reads them all. A source’s own list shows everything.',
    },
    hideReadSources: {
      name: 'Hide sources without unread posts',
      help: 'In the sidebar. The one that is open stays, and so do those that need you.',
    },
  },
  actions: {
    markedRead: (posts: number) => `Marked ${count(posts, 'post')} as read`,
    nothingUnread: 'Nothing was unread here',
    noneUnreadBelow: 'Nothing unread further down',
    noneUnreadAbove: 'Nothing unread further up',
    marked: { read: 'marked as read', unread: 'marked as unread', starred: 'starred', unstarred: 'star removed' },
  },
};
