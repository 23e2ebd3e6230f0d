import type { PostDetail, TextChange } from '../../preload/contract/post.ts';
import { useQuery } from '../client/use-query.ts';
import { past, timeTooltip } from '../ui/format.ts';
import { LoadingBars } from '../ui/loading-bars.tsx';
import { ErrorNote } from '../ui/note.tsx';
import { useNow } from '../ui/use-now.ts';
import { VisuallyHidden } from '../ui/visually-hidden.tsx';
import { words } from '../words/words.ts';

const { update: say } = words.reader;

/** One run of words; what came and went is said to those who do not see it. */
const Change = ({ change }: { change: TextChange }) => {
  if (change.kind === 'same') return change.text;
  if (change.kind === 'cut') return <span className="changes-cut"> … </span>;
  const isAdded = change.kind === 'added';
  const Tag = isAdded ? 'ins' : 'del';
  return (
    <Tag>
      <VisuallyHidden>{isAdded ? say.added : say.removed} </VisuallyHidden>
      {change.text}
      <VisuallyHidden>{isAdded ? say.addedEnd : say.removedEnd}</VisuallyHidden>
    </Tag>
  );
};

const Changes = ({ list, className }: { list: readonly TextChange[]; className: string }) => (
  <p className={className} dir="auto">
    {list.map((change, place) => (
      // biome-ignore lint/suspicious/noArrayIndexKey: a change is its place
      <Change key={place} change={change} />
    ))}
  </p>
);

const WhatChanged = ({ post }: { post: PostDetail }) => {
  const changes = useQuery('posts.changes', { id: post.id }, ['posts.changed']);
  const { data } = changes;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by key
    <section className="changes" tabIndex={0} aria-label={say.label}>
      {!data && (changes.error ? <ErrorNote error={changes.error} onRetry={changes.reload} /> : <LoadingBars rows={2} />)}
      {data && data.title.length > 0 && <Changes list={data.title} className="changes-title" />}
      {data?.isWhole && <p className="changes-note">{say.whole}</p>}
      {data && data.text.length > 0 && <Changes list={data.text} className="changes-text" />}
    </section>
  );
};

/** That the text changed after it was first seen, and on demand how. */
export const UpdateLine = ({ post, isOpen, onToggle }: { post: PostDetail; isOpen: boolean; onToggle: () => void }) => {
  const now = useNow();
  if (!post.updatedAt) return null;
  const when = past(post.updatedAt, now);
  return (
    <>
      <p className="reader-line reader-update">
        <time dateTime={post.updatedAt} title={timeTooltip(post.updatedAt)}>
          {say.updated(/^[A-Z][a-z]+ now/.test(when) ? when.toLowerCase() : when)}
        </time>
        {post.hasChanges && (
          <span className="nowrap">
            <button type="button" className="link" aria-expanded={isOpen} aria-keyshortcuts="e" onClick={onToggle}>
              {isOpen ? say.hide : say.what}
            </button>{' '}
            <kbd>e</kbd>
          </span>
        )}
      </p>
      {isOpen && post.hasChanges && <WhatChanged post={post} />}
    </>
  );
};
