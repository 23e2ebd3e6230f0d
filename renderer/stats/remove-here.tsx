import type { Source } from '../../preload/contract/source.ts';
import { useAction } from '../client/use-action.ts';
import { useQuery } from '../client/use-query.ts';
import { ErrorNote } from '../ui/note.tsx';
import { RemovalDialog } from '../ui/removal-dialog.tsx';
import { useToast } from '../ui/toast.tsx';
import { words } from '../words/words.ts';

const { remove: say, done } = words.sourceValue;
const { removeSource: sayLoss } = words.sources;

/** Asks before a source and all that came from it goes, naming the numbers; stays on the report. */
export const RemoveHere = ({ source, onClose }: { source: Source; onClose: () => void }) => {
  const loss = useQuery('sources.removal', { id: source.id }, ['posts.changed', 'fetch-jobs.changed']);
  const remove = useAction('sources.remove');
  const toast = useToast();
  const confirm = async () => {
    const answer = await remove.run({ id: source.id });
    if (!answer.ok) return;
    toast({ text: done.removed(source.title, answer.result.posts) });
    onClose();
  };
  const error = loss.error ?? remove.error;
  return (
    <RemovalDialog
      title={say.title(source.title)}
      loss={loss.data && sayLoss.loss(loss.data.posts, loss.data.starred, loss.data.fetchJobs)}
      counting={sayLoss.counting}
      instead={source.paused ? undefined : say.instead}
      keep={say.keep}
      remove={say.remove}
      isPending={remove.isPending}
      onRemove={() => void confirm()}
      onClose={onClose}
    >
      {error && <ErrorNote error={error} kept={say.nothing} />}
    </RemovalDialog>
  );
};
