import ChevronDown from 'lucide-react/dist/esm/icons/chevron-down.mjs';
import Play from 'lucide-react/dist/esm/icons/play.mjs';
import type { ScheduleRow } from '../../preload/contract/schedule.ts';
import { useFollow } from '../client/use-run-now.ts';
import { go } from '../client/use-view.ts';
import { Menu } from '../ui/menu.tsx';
import { endedToast } from '../ui/run-toast.ts';
import { useToast } from '../ui/toast.tsx';

/** Starts one of the schedules by hand, and says at the end what it brought. */
export const RunNowMenu = ({ schedules }: { schedules: readonly ScheduleRow[] }) => {
  const follow = useFollow();
  const toast = useToast();
  const run = async (scheduleId: string) => {
    const answer = await follow((client) => client.request('runs.start', { scheduleId }));
    if (!answer.ok) return toast({ text: answer.error.message });
    if (answer.result.alreadyRunning) toast({ text: `${answer.result.run.name} is already going` });
    const ended = await answer.result.ended;
    toast(endedToast(ended, () => go(['history', 'run', ended.id])));
  };
  return (
    <Menu
      label="Run now"
      items={schedules.map(({ schedule }) => ({ label: schedule.name, onChoose: () => void run(schedule.id) }))}
      opener={(props) => (
        <button type="button" className="button" {...props}>
          <Play aria-hidden="true" strokeWidth={1.5} />
          Run now
          <ChevronDown aria-hidden="true" strokeWidth={1.5} />
        </button>
      )}
    />
  );
};
