import type { Schedule } from '../../preload/contract/schedule.ts';
import { useAction } from '../client/use-action.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { ErrorNote } from '../ui/note.tsx';
import { useToast } from '../ui/toast.tsx';
import { count } from '../words/counting.ts';

/** Removes a schedule after saying what goes and what stays. */
export const RemoveSchedule = ({ schedule, onClose }: { schedule: Schedule; onClose: () => void }) => {
  const remove = useAction('schedules.remove');
  const toast = useToast();
  const confirm = async () => {
    const answer = await remove.run({ id: schedule.id });
    if (!answer.ok) return;
    const { runs } = answer.result;
    toast({
      text: runs > 0 ? `${schedule.name} is removed; ${count(runs, 'run')} stay on record` : `${schedule.name} is removed`,
    });
    onClose();
  };
  return (
    <Dialog
      title={`Remove ${schedule.name}?`}
      onClose={onClose}
      actions={
        <>
          <Button data-safe onClick={onClose}>
            Keep schedule
          </Button>
          <Button look="danger" onClick={confirm} isPending={remove.isPending}>
            Remove
          </Button>
        </>
      }
    >
      <p className="mid">
        It will not start any more. Its run records, sources and posts stay.{' '}
        {schedule.isBuiltIn
          ? 'It came with Tidings: “Restore defaults” brings it back.'
          : 'To stop it for a while, switch it off instead.'}
      </p>
      {remove.error && <ErrorNote error={remove.error} />}
    </Dialog>
  );
};
