import ImageOff from 'lucide-react/icons/image-off';
import Paperclip from 'lucide-react/icons/paperclip';
import { Fragment, type RefObject, useEffect, useRef } from 'react';
import type { Enclosure, PostDetail, PostRow } from '../../preload/contract/post.ts';
import { useQuery } from '../client/use-query.ts';
import { bytes, dateTime, timeTooltip } from '../ui/format.ts';
import { LoadingBars } from '../ui/loading-bars.tsx';
import { ErrorNote } from '../ui/note.tsx';
import { useNow } from '../ui/use-now.ts';
import { count, number } from '../words/counting.ts';
import { AlsoIn } from './also-in.tsx';
import { ArticleChoice } from './article-choice.tsx';
import { ArticleFrame } from './article-frame.tsx';
import { highlight, searchPattern } from './highlight.tsx';
import { ReaderBar, type ReaderMoves } from './reader-bar.tsx';
import { commentsUrl, readingMinutes } from './reading.ts';
import { ScoreTrail } from './score-trail.tsx';
import type { PostActions } from './use-post-actions.ts';

const fileName = (url: string): string => {
  try {
    const { pathname, hostname } = new URL(url);
    return decodeURIComponent(pathname.split('/').at(-1) ?? '') || hostname;
  } catch {
    return url;
  }
};

const Enclosures = ({ list, onOpen }: { list: readonly Enclosure[]; onOpen: (url: string) => void }) => (
  <section className="reader-extra" aria-label="Attached files">
    <h2>Attached</h2>
    <ul>
      {list.map((file) => (
        <li key={file.url}>
          <Paperclip />
          <button type="button" className="link trunc" onClick={() => onOpen(file.url)}>
            {fileName(file.url)}
          </button>
          <span className="dim nowrap">{[file.type, file.length ? bytes(file.length) : ''].filter(Boolean).join(', ')}</span>
        </li>
      ))}
    </ul>
  </section>
);

const ByLine = ({ post, html }: { post: PostRow; html: string }) => {
  const now = useNow();
  const at = post.publishedAt ?? post.collectedAt;
  const minutes = readingMinutes(html);
  const parts = [
    post.author,
    <time key="at" dateTime={at} title={timeTooltip(at)}>
      {dateTime(at, now)}
    </time>,
    minutes > 0 ? `${minutes} min` : '',
    post.isBackfilled ? 'found later' : '',
  ].filter(Boolean);
  return (
    <p className="reader-by">
      {parts.map((part, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a part is its place
        <Fragment key={place}>
          {place > 0 && ' · '}
          {part}
        </Fragment>
      ))}
    </p>
  );
};

const Discussion = ({ post, onOpen }: { post: PostRow; onOpen: (url: string) => void }) => {
  const url = commentsUrl(post);
  if (!url) return null;
  const words = post.hn
    ? `${count(post.hn.score, 'point')}, ${count(post.hn.commentCount, 'comment')} on Hacker News`
    : 'Comments';
  return (
    <p className="reader-discussion">
      <button type="button" className="link" onClick={() => onOpen(url)}>
        {words}
      </button>{' '}
      <kbd>c</kbd>
      <ScoreTrail post={post} />
    </p>
  );
};

const Body = ({ post, actions }: { post: PostDetail; actions: PostActions }) => (
  <>
    {post.html ? (
      <ArticleFrame html={post.html} title={`Text of ${post.title || 'this post'}`} />
    ) : (
      post.summary && (
        <p className="reader-summary" dir="auto">
          {post.summary}
        </p>
      )
    )}
    {post.blockedImages > 0 && (
      <p className="reader-images">
        <ImageOff /> {count(post.blockedImages, 'image was', 'images were')} left out: the sites you read cannot see when you read
        them.
      </p>
    )}
    {post.enclosures && post.enclosures.length > 0 && <Enclosures list={post.enclosures} onOpen={actions.openPage} />}
    <ArticleChoice post={post} actions={actions} />
  </>
);

/** Brings a newly opened post to its beginning. */
const useTop = (scroller: RefObject<HTMLElement | null>, id: string) => {
  // biome-ignore lint/correctness/useExhaustiveDependencies: another post begins at its top
  useEffect(() => {
    if (scroller.current) scroller.current.scrollTop = 0;
  }, [id]);
};

/** One post, opened: what can be done with it, its head, its text. `row` is what the list knows, newest. */
export const Reader = ({
  id,
  row,
  search,
  actions,
  moves,
  place,
  total,
}: {
  id: string;
  row: PostRow | undefined;
  search: string;
  actions: PostActions;
  moves: ReaderMoves;
  place: number;
  total: number;
}) => {
  const detail = useQuery('posts.get', { id }, ['posts.changed']);
  const scroller = useRef<HTMLElement>(null);
  const known = detail.data?.id === id ? detail.data : undefined;
  useTop(scroller, id);
  const post = row ?? known;
  if (!post)
    return (
      <div className="reader reader-alone">
        {detail.error ? <ErrorNote error={detail.error} onRetry={detail.reload} /> : <LoadingBars />}
      </div>
    );
  return (
    <div className="reader">
      <ReaderBar post={post} actions={actions} moves={moves} place={place} total={total} />
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by key */}
      <section className="reader-scroll" ref={scroller} tabIndex={0} aria-label={post.title || 'Post'}>
        <article className="reader-post">
          <p className="reader-kick">
            <b>{post.sourceTitle}</b> {post.domain && <span>{post.domain}</span>}
          </p>
          <h1 className="reader-title" dir="auto">
            {highlight(post.title || post.url || 'Untitled', searchPattern(search))}
          </h1>
          <ByLine post={post} html={known?.html ?? ''} />
          <AlsoIn post={post} />
          <Discussion post={post} onOpen={actions.openPage} />
          {known && <Body post={known} actions={actions} />}
          {!known && (detail.error ? <ErrorNote error={detail.error} onRetry={detail.reload} /> : <LoadingBars rows={3} />)}
        </article>
      </section>
    </div>
  );
};

/** What the reader's place shows while no post is open. */
export const ReaderEmpty = ({ total }: { total: number }) => (
  <div className="reader reader-nothing">
    {total > 0 && (
      <p>
        {number(total)} {total === 1 ? 'post' : 'posts'} to choose from. <kbd>j</kbd> opens the next one.
      </p>
    )}
  </div>
);
