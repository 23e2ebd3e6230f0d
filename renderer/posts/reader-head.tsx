import { Fragment } from 'react';
import type { PostRow } from '../../preload/contract/post.ts';
import { classes } from '../ui/classes.ts';
import { dateTime, timeTooltip } from '../ui/format.ts';
import { useNow } from '../ui/use-now.ts';
import { words } from '../words/words.ts';
import { AlsoIn } from './also-in.tsx';
import { highlight, searchPattern } from './highlight.tsx';
import { LabelLine } from './label-line.tsx';
import { commentsUrl, readingMinutes } from './reading.ts';
import { ScoreTrail } from './score-trail.tsx';

const { reader: say } = words;

const ByLine = ({ post, html }: { post: PostRow; html: string }) => {
  const now = useNow();
  const at = post.publishedAt ?? post.collectedAt;
  const minutes = readingMinutes(html);
  const parts = [
    post.author && (
      <bdi key="author" className="reader-author">
        {post.author}
      </bdi>
    ),
    <time key="at" dateTime={at} title={timeTooltip(at)}>
      {dateTime(at, now)}
    </time>,
    minutes > 0 ? say.minutes(minutes) : '',
    post.isBackfilled ? say.foundLater : '',
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

/** How a post is discussed elsewhere, and how its points went. */
const Discussion = ({ post, onOpen }: { post: PostRow; onOpen: (url: string) => void }) => {
  const url = commentsUrl(post);
  if (!url) return null;
  return (
    <p className="reader-discussion">
      <button type="button" className="link" onClick={() => onOpen(url)}>
        {post.hn ? say.points(post.hn.score, post.hn.commentCount) : say.comments}
      </button>{' '}
      <kbd>c</kbd>
      <ScoreTrail post={post} />
    </p>
  );
};

/** Whose a post is, what it is called, when it was written, and where else it is spoken of. */
export const ReaderHead = ({
  post,
  html,
  search,
  onOpen,
}: {
  post: PostRow;
  html: string;
  search: string;
  onOpen: (url: string) => void;
}) => (
  <>
    <p className="reader-kick">
      <b dir="auto">{post.sourceTitle}</b> {post.domain && <span>{post.domain}</span>}
    </p>
    <h1 className={classes('reader-title', post.isHighlighted && 'reader-highlighted')} dir="auto">
      {highlight(post.title || post.url || say.untitled, searchPattern(search))}
    </h1>
    <ByLine post={post} html={html} />
    <div className="reader-about">
      <AlsoIn post={post} />
      <Discussion post={post} onOpen={onOpen} />
      <LabelLine key={post.id} post={post} />
    </div>
  </>
);
