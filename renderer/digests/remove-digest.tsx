import type { DigestRow } from '../../preload/contract/digest.ts';
import { useAction } from '../client/use-action.ts';
import { useQuery } from '../client/use-query.ts';
import { goFrom } from '../client/use-view.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { ErrorNote } from '../ui/note.tsx';
import { useToast } from '../ui/toast.tsx';
import { words } from '../words/words.ts';

const { remove: say } = words.digests;

/** Removes a digest after saying what goes and what stays. */
export const RemoveDigest = ({ digest, onClose }: { digest: DigestRow; onClose: () => void }) => {
  const { schedule } = digest.row;
  const { active, suspended, unsubscribed } = digest.recipients;
  const editions = useQuery('digests.editions', { scheduleId: schedule.id, limit: 1 }).data?.total ?? 0;
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
  return (
    <Dialog
      title={say.title(schedule.name)}
      onClose={onClose}
      actions={
        <>
          <Button data-safe onClick={onClose}>
            {say.keep}
          </Button>
          <Button look="danger" onClick={() => void confirm()} isPending={remove.isPending}>
            {say.remove}
          </Button>
        </>
      }
    >
      <p className="mid">{say.what(editions, active + suspended + unsubscribed)}</p>
      <p className="mid">{say.instead}</p>
      {remove.error && <ErrorNote error={remove.error} />}
    </Dialog>
  );
};
