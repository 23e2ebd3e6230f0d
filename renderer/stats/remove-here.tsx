import type { Source } from '../../preload/contract/source.ts';
import { useAction } from '../client/use-action.ts';
import { useQuery } from '../client/use-query.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { ErrorNote } from '../ui/note.tsx';
import { useToast } from '../ui/toast.tsx';
import { words } from '../words/words.ts';

const { remove: say, done } = words.sourceValue;

/** Asks before a source and all that came from it goes, naming the numbers; stays on the report. */
export const RemoveHere = ({ source, onClose }: { source: Source; onClose: () => void }) => {
  const loss = useQuery('sources.removal', { id: source.id });
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
    <Dialog
      title={say.title(source.title)}
      onClose={onClose}
      actions={
        <>
          <Button data-safe onClick={onClose}>
            {say.keep}
          </Button>
          <Button look="danger" onClick={confirm} isPending={remove.isPending} disabled={!loss.data}>
            {say.remove}
          </Button>
        </>
      }
    >
      <p className="mid" aria-live="polite">
        {loss.data ? say.loss(loss.data.posts, loss.data.starred, loss.data.fetchJobs) : say.counting}
      </p>
      {!source.paused && <p className="mid">{say.instead}</p>}
      {error && <ErrorNote error={error} kept={say.nothing} />}
    </Dialog>
  );
};
