import type { Schedule } from '../../preload/contract/schedule.ts';
import { useQuery } from '../client/use-query.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { LoadingBars } from '../ui/loading-bars.tsx';
import { ErrorNote } from '../ui/note.tsx';
import { Status } from '../ui/status-glyph.tsx';
import { words } from '../words/words.ts';

const { whyNotRunning: say } = words.schedules;

/** The checks behind *why isn't this running?*; follows what is changed while it is open. */
export const WhyNotRunning = ({ schedule, onClose }: { schedule: Schedule; onClose: () => void }) => {
  const why = useQuery('schedules.why', { id: schedule.id }, [
    'schedules.changed',
    'status.changed',
    'settings.changed',
    'runs.changed',
  ]);
  const checks = why.data?.checks ?? [];
  const wrong = checks.filter(({ ok }) => !ok).length;
  return (
    <Dialog
      title={say.whyIsntItRunning(schedule.name)}
      onClose={onClose}
      actions={
        <Button data-safe onClick={onClose}>
          {say.close}
        </Button>
      }
    >
      {why.error && <ErrorNote error={why.error} onRetry={why.reload} />}
      {why.isLoading && <LoadingBars rows={3} />}
      {why.data && <p className="mid">{wrong === 0 ? say.nothingIsInItsWay : say.thisStandsInItsWay}</p>}
      <ul className="why-checks">
        {checks.map((check) => (
          <li key={check.text}>
            <Status status={check.ok ? 'completed' : 'failed'}>{check.ok ? say.fine : say.no}</Status>
            <span>{check.text}</span>
          </li>
        ))}
      </ul>
    </Dialog>
  );
};
