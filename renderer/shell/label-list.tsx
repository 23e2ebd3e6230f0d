import Tag from 'lucide-react/icons/tag';
import type { PostCounts } from '../../preload/contract/post.ts';
import { type ViewState, viewHref } from '../client/view-state.ts';
import { number } from '../words/counting.ts';
import { words } from '../words/words.ts';

const { labels: say } = words.rules;

/** The labels in use with their unread numbers; nothing while there are none. */
export const LabelList = ({ labels = [], view }: { labels: PostCounts['labels']; view: ViewState }) => {
  if (labels.length === 0) return null;
  const [screen, kind, here] = view.path;
  return (
    <div className="tree">
      <h2 className="tree-head">{say.title}</h2>
      <ul>
        {labels.map(({ name, unread }) => (
          <li key={name} className="tree-line">
            <a
              className="nav-link"
              href={viewHref(['posts', 'label', name])}
              aria-current={screen === 'posts' && kind === 'label' && here === name ? 'page' : undefined}
            >
              <Tag aria-hidden="true" />
              <span className="trunc">{name}</span>
              {unread > 0 && <span className="nav-count">{number(unread)}</span>}
            </a>
          </li>
        ))}
      </ul>
    </div>
  );
};
