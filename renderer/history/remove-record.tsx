import type { Run } from '../../preload/contract/run.ts';
import { useAction } from '../client/use-action.ts';
import { go } from '../client/use-view.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { ErrorNote } from '../ui/note.tsx';
import { useToast } from '../ui/toast.tsx';
import { words } from '../words/words.ts';

const { remove: say } = words.history;

/** Removes the record of a run, after saying what goes with it and what stays. */
export const RemoveRecord = ({ run, fetchJobs, onClose }: { run: Run; fetchJobs: number; onClose: () => void }) => {
  const remove = useAction('runs.remove');
  const toast = useToast();
  const confirm = async () => {
    const answer = await remove.run({ id: run.id });
    if (!answer.ok) return;
    toast({ text: say.removed(run.name) });
    go(['history'], {}, 'replace');
  };
  return (
    <Dialog
      title={say.title}
      onClose={onClose}
      actions={
        <>
          <Button data-safe onClick={onClose}>
            {say.keep}
          </Button>
          <Button look="danger" onClick={confirm} isPending={remove.isPending}>
            {say.delete}
          </Button>
        </>
      }
    >
      <p className="mid">
        {say.goesWith(fetchJobs)}
        {say.stay}
      </p>
      {remove.error && <ErrorNote error={remove.error} />}
    </Dialog>
  );
};
