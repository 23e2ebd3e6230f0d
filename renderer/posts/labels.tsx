import Highlighter from 'lucide-react/icons/highlighter';
import Tag from 'lucide-react/icons/tag';
import type { PostRow } from '../../preload/contract/post.ts';
import { viewHref } from '../client/view-state.ts';
import { words } from '../words/words.ts';
import './labels.css';

const { labels: say, post: sayPost } = words.rules;

/** The labels of a post in a list, and the mark of one that stands out: text only. */
export const RowMarks = ({ post }: { post: Pick<PostRow, 'labels' | 'isHighlighted'> }) => {
  const { labels = [], isHighlighted } = post;
  return (
    <>
      {labels.length > 0 && (
        <span className="row-labels">
          <span className="visually-hidden">{say.listOf}</span>
          {labels.map((label) => (
            <span key={label} className="label-chip">
              {label}
            </span>
          ))}
        </span>
      )}
      {isHighlighted && <Highlighter className="row-highlighted" role="img" aria-label={sayPost.highlighted} />}
    </>
  );
};

/** The labels of the open post; each is a way to all that have it. */
export const LabelLinks = ({ labels }: { labels: readonly string[] }) => (
  <>
    {labels.map((label) => (
      <a key={label} className="label-chip label-link" href={viewHref(['posts', 'label', label])}>
        <Tag aria-hidden="true" />
        {label}
      </a>
    ))}
  </>
);
