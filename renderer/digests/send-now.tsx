import type { DigestRow } from '../../preload/contract/digest.ts';
import { useAction } from '../client/use-action.ts';
import { go } from '../client/use-view.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { ErrorNote } from '../ui/note.tsx';
import { useToast } from '../ui/toast.tsx';
import { words } from '../words/words.ts';
import { MailBand } from './mail-band.tsx';

const { now: say, actions } = words.digests;

/** Mail cannot be taken back, so sending asks first; then it goes to the live run. */
export const SendNow = ({ digest, onClose }: { digest: DigestRow; onClose: () => void }) => {
  const { schedule } = digest.row;
  const start = useAction('runs.start');
  const toast = useToast();
  const send = async () => {
    const answer = await start.run({ scheduleId: schedule.id });
    if (!answer.ok) return;
    if (answer.result.alreadyRunning) toast({ text: actions.already(schedule.name) });
    onClose();
    go(['history', 'run', answer.result.run.id]);
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
          <Button look="primary" onClick={() => void send()} isPending={start.isPending}>
            {say.send}
          </Button>
        </>
      }
    >
      <p className="mid">{say.what(digest.recipients.active)}</p>
      <MailBand isWanted={digest.options.sinks.mail} />
      {start.error && <ErrorNote error={start.error} />}
    </Dialog>
  );
};
