import type { Schedule } from '../../preload/contract/schedule.ts';
import { useQuery } from '../client/use-query.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { LoadingBars } from '../ui/loading-bars.tsx';
import { ErrorNote } from '../ui/note.tsx';
import { Status } from '../ui/status-glyph.tsx';

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
      title={`Why isn’t ${schedule.name} running?`}
      onClose={onClose}
      actions={
        <Button data-safe onClick={onClose}>
          Close
        </Button>
      }
    >
      {why.error && <ErrorNote error={why.error} onRetry={why.reload} />}
      {why.isLoading && <LoadingBars rows={3} />}
      {why.data && (
        <p className="mid">{wrong === 0 ? 'Nothing is in its way: it starts when it is due.' : 'This stands in its way:'}</p>
      )}
      <ul className="why-checks">
        {checks.map((check) => (
          <li key={check.text}>
            <Status status={check.ok ? 'completed' : 'failed'}>{check.ok ? 'Fine' : 'No'}</Status>
            <span>{check.text}</span>
          </li>
        ))}
      </ul>
    </Dialog>
  );
};
