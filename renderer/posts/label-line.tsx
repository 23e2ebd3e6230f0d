import Tag from 'lucide-react/icons/tag';
import type { PostRow } from '../../preload/contract/post.ts';
import { go } from '../client/use-view.ts';
import { Popover } from '../ui/popover.tsx';
import { useCommands } from '../ui/use-commands.ts';
import { words } from '../words/words.ts';
import { LabelEditor } from './label-editor.tsx';
import { LabelLinks } from './labels.tsx';
import { MutedNote } from './muted-note.tsx';

const { labels: say } = words.rules;
const OPENER = 'labels-opener';

const openLabels = (): void => document.querySelector<HTMLElement>(`.${OPENER}`)?.click();

/** Under a post's head: its labels, the way to change them, and what hides it. */
export const LabelLine = ({ post }: { post: PostRow }) => {
  useCommands([
    { id: 'post.labels', run: openLabels },
    { id: 'post.mute', run: () => go(['rules', 'new'], { from: post.id, do: 'mute' }) },
    { id: 'post.rule', run: () => go(['rules', 'new'], { from: post.id }) },
  ]);
  return (
    <div className="label-line">
      <LabelLinks labels={post.labels ?? []} />
      <Popover
        label={say.editOf(post.title)}
        className="label-panel"
        opener={(props) => (
          <button type="button" className={`label-opener ${OPENER}`} aria-keyshortcuts="l" {...props}>
            <Tag aria-hidden="true" />
            {say.edit} <kbd>l</kbd>
          </button>
        )}
        onOpen={(panel) => panel.querySelector('input')?.focus()}
      >
        {(close) => <LabelEditor post={post} onClose={close} />}
      </Popover>
      {post.mutedBy && post.mutedBy.length > 0 && <MutedNote mutedBy={post.mutedBy} />}
    </div>
  );
};
