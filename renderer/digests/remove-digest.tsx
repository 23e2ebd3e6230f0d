import type { DigestRow } from '../../preload/contract/digest.ts';
import { useAction } from '../client/use-action.ts';
import { useQuery } from '../client/use-query.ts';
import { goFrom } from '../client/use-view.ts';
import { ErrorNote } from '../ui/note.tsx';
import { RemovalDialog } from '../ui/removal-dialog.tsx';
import { useToast } from '../ui/toast.tsx';
import { words } from '../words/words.ts';

const { remove: say } = words.digests;

/** Removes a digest after saying what goes and what stays. */
export const RemoveDigest = ({ digest, onClose }: { digest: DigestRow; onClose: () => void }) => {
  const { schedule } = digest.row;
  const { active, suspended, unsubscribed } = digest.recipients;
  const editions = useQuery('digests.editions', { scheduleId: schedule.id, limit: 1 });
  const remove = useAction('schedules.remove');
  const toast = useToast();
  const confirm = async () => {
    const here = location.hash;
    const answer = await remove.run({ id: schedule.id });
    if (!answer.ok) return;
    toast({ text: say.removed(schedule.name) });
    onClose();
    goFrom(here, ['digests']);
  };
  const total = editions.data?.total;
  const error = editions.error ?? remove.error;
  return (
    <RemovalDialog
      {...{ onClose, title: say.title(schedule.name), instead: say.instead, keep: say.keep, remove: say.remove }}
      loss={total === undefined ? undefined : say.what(total, active + suspended + unsubscribed)}
      counting={say.counting}
      isPending={remove.isPending}
      onRemove={() => void confirm()}
    >
      {error && <ErrorNote error={error} />}
    </RemovalDialog>
  );
};
