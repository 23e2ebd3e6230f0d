import ChevronDown from 'lucide-react/dist/esm/icons/chevron-down.mjs';
import Play from 'lucide-react/dist/esm/icons/play.mjs';
import type { ScheduleRow } from '../../preload/contract/schedule.ts';
import { Menu } from '../ui/menu.tsx';
import { words } from '../words/words.ts';
import { useRunSchedule } from './use-run-schedule.ts';

const say = words.history;

/** Starts one of the schedules by hand. */
export const RunNowMenu = ({ schedules }: { schedules: readonly ScheduleRow[] }) => {
  const run = useRunSchedule();
  return (
    <Menu
      label={say.runNow}
      items={schedules.map(({ schedule }) => ({ label: schedule.name, onChoose: () => void run(schedule.id) }))}
      opener={(props) => (
        <button type="button" className="button" {...props}>
          <Play aria-hidden="true" strokeWidth={1.5} />
          {say.runNow}
          <ChevronDown aria-hidden="true" strokeWidth={1.5} />
        </button>
      )}
    />
  );
};
