import type { Source } from '../../preload/contract/source.ts';
import { useAction } from '../client/use-action.ts';
import { useQuery } from '../client/use-query.ts';
import { go } from '../client/use-view.ts';
import { ErrorNote } from '../ui/note.tsx';
import { RemovalDialog } from '../ui/removal-dialog.tsx';
import { useToast } from '../ui/toast.tsx';
import { words } from '../words/words.ts';

const { removeSource: say } = words.sources;

/** Asks before a source and all that came from it goes, naming the numbers. */
export const RemoveSource = ({ source, onClose }: { source: Source; onClose: () => void }) => {
  const loss = useQuery('sources.removal', { id: source.id }, ['posts.changed', 'fetch-jobs.changed']);
  const remove = useAction('sources.remove');
  const toast = useToast();
  const confirm = async () => {
    const answer = await remove.run({ id: source.id });
    if (!answer.ok) return;
    toast({ text: say.isRemovedWith(source.title, answer.result.posts) });
    onClose();
    go(['sources'], {}, 'replace');
  };
  const error = loss.error ?? remove.error;
  return (
    <RemovalDialog
      title={say.removeThis(source.title)}
      loss={loss.data && say.loss(loss.data.posts, loss.data.starred, loss.data.fetchJobs)}
      counting={say.counting}
      instead={source.paused ? undefined : say.pauseItInstead}
      keep={say.keepSource}
      remove={say.remove}
      isPending={remove.isPending}
      onRemove={() => void confirm()}
      onClose={onClose}
    >
      {error && <ErrorNote error={error} kept={say.nothingWasRemoved} />}
    </RemovalDialog>
  );
};
