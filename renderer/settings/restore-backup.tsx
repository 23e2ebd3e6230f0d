import type { Backup } from '../../preload/contract/backup.ts';
import { useAction } from '../client/use-action.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { bytes, dateTime } from '../ui/format.ts';
import { ErrorNote } from '../ui/note.tsx';
import { useToast } from '../ui/toast.tsx';
import { useNow } from '../ui/use-now.ts';
import { words } from '../words/words.ts';

const { restore: say } = words.settings;

/** Says what a restore does before it does it. The page begins anew when the restored folder is there. */
export const RestoreBackup = ({ backup, onClose }: { backup: Backup; onClose: () => void }) => {
  const now = useNow();
  const restore = useAction('backups.restore');
  const toast = useToast();
  const confirm = async () => {
    const answer = await restore.run({ name: backup.name });
    if (!answer.ok) return;
    const { posts, sources, before } = answer.result;
    toast({ text: say.done(posts, sources, before) });
    onClose();
  };
  return (
    <Dialog
      title={say.title(dateTime(backup.at, now))}
      onClose={() => !restore.isPending && onClose()}
      actions={
        <>
          <Button data-safe onClick={onClose} disabled={restore.isPending}>
            {say.keep}
          </Button>
          <Button look="danger" onClick={() => void confirm()} isPending={restore.isPending}>
            {restore.isPending ? say.restoring : say.confirm}
          </Button>
        </>
      }
    >
      <p className="mid">{say.whatItDoes(bytes(backup.bytes))}</p>
      <p className="mid">{say.undo}</p>
      {restore.error && <ErrorNote error={restore.error} />}
    </Dialog>
  );
};
