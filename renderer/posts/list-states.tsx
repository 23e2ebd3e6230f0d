import WifiOff from 'lucide-react/icons/wifi-off';
import type { SourceRow } from '../../preload/contract/source.ts';
import type { AppStatus } from '../../preload/contract/status.ts';
import { viewHref } from '../client/view-state.ts';
import { Button, ButtonLink } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { clock, dayNumber, past } from '../ui/format.ts';
import { Note } from '../ui/note.tsx';
import { count } from '../words/counting.ts';
import { type PostPlace, placeHref } from './post-view.ts';

const keptWords = (posts: number): string => {
  if (posts === 0) return 'It has brought no posts yet.';
  return posts === 1 ? 'Its one post is kept.' : `Its ${count(posts, 'post')} are kept.`;
};

/** Bands over the list: what is wrong now, and that nothing is lost by it. */
export const ListNotes = ({ status, source }: { status: AppStatus | undefined; source: SourceRow | undefined }) => {
  const last = source?.recent.at(-1);
  const since = status?.offlineSince;
  return (
    <>
      {status?.storeProblem && (
        <Note tone="fail" title={status.storeProblem}>
          Everything already here is safe and can be read.
        </Note>
      )}
      {since && (
        <Note
          tone="warn"
          icon={<WifiOff />}
          title={`No connection since ${dayNumber(since) === dayNumber(Date.now()) ? clock(since) : past(since, Date.now())}.`}
        >
          Nothing is lost: runs wait and start when it is back.
        </Note>
      )}
      {source && last?.status === 'failed' && !last.isBlameless && (
        <Note tone="warn" title={last.errorMessage}>
          {keptWords(source.posts)}{' '}
          <a className="link" href={viewHref(['sources'], { source: source.source.id })}>
            Why, and when again
          </a>
        </Note>
      )}
    </>
  );
};

const WORDS: Record<PostPlace['view'], { title: string; reason: string }> = {
  today: { title: 'Nothing new today', reason: 'Posts collected since midnight appear here by themselves.' },
  all: { title: 'No posts yet', reason: 'They appear here as soon as the first source was fetched.' },
  unread: { title: 'All read', reason: 'What comes in next appears here by itself.' },
  starred: { title: 'Nothing starred', reason: 'Press s on a post to keep it here.' },
  'hacker-news': { title: 'No stories yet', reason: 'They come with the next run of Collect Hacker News.' },
  'last-hour': {
    title: 'No story in the last hour',
    reason: 'The best stories of the last hour appear here, highest score first.',
  },
  muted: { title: 'Nothing is muted', reason: 'Posts that a rule mutes stand here, and in no other list.' },
};

/** A list without posts: why, and what to do next. */
export const EmptyList = ({ place, onFetch, hasSources }: { place: PostPlace; onFetch: () => void; hasSources: boolean }) => {
  if (place.search) {
    const wider: PostPlace = { path: ['posts', 'all'], view: 'all', unreadOnly: false, search: place.search };
    const isNarrow = place.path[1] !== 'all' || place.unreadOnly;
    return (
      <EmptyState
        title={`Nothing matches “${place.search.trim()}”`}
        reason={isNarrow ? 'Only this list was searched.' : 'Every post was searched. Try fewer or shorter words.'}
      >
        {isNarrow ? (
          <ButtonLink href={placeHref(wider)}>Search all posts</ButtonLink>
        ) : (
          <ButtonLink href={placeHref({ ...place, search: '' })}>Clear the search</ButtonLink>
        )}
      </EmptyState>
    );
  }
  if (!hasSources)
    return (
      <EmptyState title="There are no sources yet" reason="Add a site, a feed or Hacker News, and posts appear here.">
        <ButtonLink href={viewHref(['sources'], { add: '1' })}>Add a source</ButtonLink>
      </EmptyState>
    );
  if (place.unreadOnly)
    return (
      <EmptyState title="All read here" reason="Only unread posts are shown.">
        <ButtonLink href={placeHref({ ...place, unreadOnly: false })}>Show all posts</ButtonLink>
      </EmptyState>
    );
  const words = WORDS[place.view];
  const isOneSource = place.sourceId !== undefined || place.folder !== undefined;
  return (
    <EmptyState
      title={isOneSource ? 'No posts here yet' : words.title}
      reason={isOneSource ? 'They appear here by themselves when there is something new.' : words.reason}
    >
      {place.view !== 'starred' && <Button onClick={onFetch}>Fetch now</Button>}
    </EmptyState>
  );
};
