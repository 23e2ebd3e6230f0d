import type { Schedule } from '../../preload/contract/schedule.ts';
import { useAction } from '../client/use-action.ts';
import { ErrorNote } from '../ui/note.tsx';
import { RemovalDialog } from '../ui/removal-dialog.tsx';
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
    <RemovalDialog
      {...{ onClose, title: say.removeThis(schedule.name), keep: say.keepSchedule, remove: say.remove }}
      loss={say.whatGoes(schedule.isBuiltIn)}
      isPending={remove.isPending}
      onRemove={() => void confirm()}
    >
      {remove.error && <ErrorNote error={remove.error} />}
    </RemovalDialog>
  );
};
