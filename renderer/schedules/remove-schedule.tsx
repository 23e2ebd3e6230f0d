import type { Schedule } from '../../preload/contract/schedule.ts';
import { useAction } from '../client/use-action.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { ErrorNote } from '../ui/note.tsx';
import { useToast } from '../ui/toast.tsx';
import { words } from '../words/words.ts';

const { removeSchedule: say } = words.schedules;

/** Removes a schedule after saying what goes and what stays. */
export const RemoveSchedule = ({ schedule, onClose }: { schedule: Schedule; onClose: () => void }) => {
  const remove = useAction('schedules.remove');
  const toast = useToast();
  const confirm = async () => {
    const answer = await remove.run({ id: schedule.id });
    if (!answer.ok) return;
    const { runs } = answer.result;
    toast({
      text: runs > 0 ? say.isRemovedRunsStay(schedule.name, runs) : say.isRemoved(schedule.name),
    });
    onClose();
  };
  return (
    <Dialog
      title={say.removeThis(schedule.name)}
      onClose={onClose}
      actions={
        <>
          <Button data-safe onClick={onClose}>
            {say.keepSchedule}
          </Button>
          <Button look="danger" onClick={confirm} isPending={remove.isPending}>
            {say.remove}
          </Button>
        </>
      }
    >
      <p className="mid">{say.whatGoes(schedule.isBuiltIn)}</p>
      {remove.error && <ErrorNote error={remove.error} />}
    </Dialog>
  );
};
