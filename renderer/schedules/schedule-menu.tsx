import Ellipsis from 'lucide-react/dist/esm/icons/ellipsis.mjs';
import { useState } from 'react';
import type { ScheduleRow } from '../../preload/contract/schedule.ts';
import { useAction } from '../client/use-action.ts';
import { go } from '../client/use-view.ts';
import { Menu, type MenuItem } from '../ui/menu.tsx';
import { useToast } from '../ui/toast.tsx';
import { useNow } from '../ui/use-now.ts';
import { words } from '../words/words.ts';
import { pausedWords } from './health.tsx';
import { pauseChoices } from './pause-times.ts';
import { PauseUntil } from './pause-until.tsx';
import { RemoveSchedule } from './remove-schedule.tsx';
import { useDryRun } from './use-dry-run.ts';
import { WhyNotRunning } from './why-not-running.tsx';

const { scheduleMenu: say } = words.schedules;

const usePausing = (row: ScheduleRow, onUntil: () => void): MenuItem[] => {
  const { schedule } = row;
  const now = useNow();
  const pause = useAction('schedules.pause');
  const resume = useAction('schedules.resume');
  const toast = useToast();
  const goOn = async (makeUp: boolean) => {
    const answer = await resume.run({ id: schedule.id, makeUp });
    if (!answer.ok) return toast({ text: answer.error.message });
    toast({ text: makeUp ? say.goesOnAndMakesUp(schedule.name) : say.goesOn(schedule.name) });
  };
  const stop = async (until: string | undefined) => {
    const answer = await pause.run(until ? { id: schedule.id, until } : { id: schedule.id });
    if (!answer.ok) return toast({ text: answer.error.message });
    const words = until ? pausedWords(until) : say.pausedUntilYouResume;
    toast({ text: `${schedule.name}: ${words.toLowerCase()}`, undo: () => void goOn(false) });
  };
  if (schedule.pausedUntil && Date.parse(schedule.pausedUntil) > now) {
    return [
      { label: say.resume, onChoose: () => void goOn(false) },
      { label: say.resumeAndMakeUp, onChoose: () => void goOn(true) },
    ];
  }
  return [
    ...pauseChoices(now).map(({ label, until }) => ({
      label: say.pauseFor(label),
      onChoose: () => void stop(until),
    })),
    { label: say.pauseUntil, onChoose: onUntil },
  ];
};

/** What else can be done with a schedule. */
export const ScheduleMenu = ({ row, onRun }: { row: ScheduleRow; onRun: () => void }) => {
  const { schedule } = row;
  const [open, setOpen] = useState<'why' | 'remove' | 'until'>();
  const pausing = usePausing(row, () => setOpen('until'));
  const dryRun = useDryRun(schedule);
  const items: MenuItem[] = [
    { label: say.runNow, onChoose: onRun },
    ...dryRun,
    { label: say.edit, onChoose: () => go(['schedules', schedule.id]) },
    { label: say.history, onChoose: () => go(['history'], { schedule: schedule.id }) },
    { label: say.whyIsntThisRunning, onChoose: () => setOpen('why') },
    { kind: 'rule' },
    ...(schedule.enabled ? pausing : []),
    ...(schedule.enabled ? [{ kind: 'rule' as const }] : []),
    { label: say.remove, isDanger: true, onChoose: () => setOpen('remove') },
  ];
  return (
    <>
      <Menu
        label={say.moreFor(schedule.name)}
        items={items}
        opener={(props) => (
          <button
            type="button"
            className="button button-icon button-quiet"
            aria-label={say.moreFor(schedule.name)}
            title={say.more}
            {...props}
          >
            <Ellipsis aria-hidden="true" strokeWidth={1.5} />
          </button>
        )}
      />
      {open === 'why' && <WhyNotRunning schedule={schedule} onClose={() => setOpen(undefined)} />}
      {open === 'until' && <PauseUntil schedule={schedule} onClose={() => setOpen(undefined)} />}
      {open === 'remove' && <RemoveSchedule schedule={schedule} onClose={() => setOpen(undefined)} />}
    </>
  );
};
