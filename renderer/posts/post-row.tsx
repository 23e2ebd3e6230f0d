import Paperclip from 'lucide-react/icons/paperclip';
import Star from 'lucide-react/icons/star';
import { memo } from 'react';
import type { PostRow as Post } from '../../preload/contract/post.ts';
import { classes } from '../ui/classes.ts';
import { past, timeTooltip } from '../ui/format.ts';
import { onRegion } from '../words/locale.ts';
import { words } from '../words/words.ts';
import { alsoInWords } from './also-in.tsx';
import { highlight, type SearchPattern, snippet } from './highlight.tsx';
import { RowMarks } from './labels.tsx';

const { row: say } = words.posts;

const about = ({ hn }: Post): string => {
  if (!hn) return '';
  return [say.points(hn.score), ...(hn.commentCount > 0 ? [say.comments(hn.commentCount)] : [])].join(', ');
};

const tooltips = new Map<string, string>();
const MOST_TOOLTIPS = 500;
onRegion(() => tooltips.clear());
/** Posts of one document came at one moment: writing a time costs more than the rest of a row. */
const tooltipOf = (at: string): string => {
  const known = tooltips.get(at);
  if (known !== undefined) return known;
  if (tooltips.size >= MOST_TOOLTIPS) tooltips.clear();
  const made = timeTooltip(at);
  tooltips.set(at, made);
  return made;
};

/** Where it is from, what it has, when it came. */
const RowMeta = ({ post, now, also, pattern }: { post: Post; now: number; also: string; pattern: SearchPattern | undefined }) => {
  const points = about(post);
  const found = post.snippet ?? snippet(post.summary, pattern);
  const at = post.collectedAt;
  return (
    <p className="post-meta">
      <span className="trunc">{found ? highlight(found, pattern) : (post.hn && post.domain) || post.sourceTitle}</span>
      {points && !found && <span className="post-points">{points}</span>}
      {also && (
        <span className="post-twins" title={also} aria-hidden="true">
          {say.more(post.alsoIn?.length ?? 0)}
        </span>
      )}
      <RowMarks post={post} />
      {post.enclosures && <Paperclip role="img" aria-label={say.attached} />}
      {post.isStarred && <Star className="lucide-full" role="img" aria-label={say.starred} />}
      <time className="post-time" dateTime={at} title={tooltipOf(at)}>
        {past(at, now)}
      </time>
    </p>
  );
};

/** One post in a list: title, where it is from, when. Text only, so that a hundred thousand scroll. */
export const PostRow = memo(
  ({ post, isOpen, now, pattern }: { post: Post; isOpen: boolean; now: number; pattern: SearchPattern | undefined }) => {
    const also = alsoInWords(post);
    return (
      <div
        className={classes('post', post.isRead && 'post-read', isOpen && 'post-open', post.isHighlighted && 'post-highlighted')}
      >
        {!post.isRead && <span className="post-dot" role="img" aria-label={say.unread} />}
        <div className="post-title" dir="auto">
          {highlight(post.title || post.url || say.untitled, pattern)}
        </div>
        <RowMeta post={post} now={now} also={also} pattern={pattern} />
        {also && (
          <p className="post-also trunc" dir="auto">
            {also}
          </p>
        )}
      </div>
    );
  },
);
