import ChevronDown from 'lucide-react/dist/esm/icons/chevron-down.mjs';
import Pause from 'lucide-react/dist/esm/icons/pause.mjs';
import Play from 'lucide-react/dist/esm/icons/play.mjs';
import { useAction } from '../client/use-action.ts';
import { Button } from '../ui/button.tsx';
import { Menu } from '../ui/menu.tsx';
import { useToast } from '../ui/toast.tsx';
import { useNow } from '../ui/use-now.ts';
import { words } from '../words/words.ts';
import { pausedWords } from './health.tsx';
import { pauseChoices } from './pause-times.ts';

const { pauseAll: say } = words.schedules;

/** Pauses every schedule for a while, or takes the pause back. */
export const PauseAll = ({ pausedUntil }: { pausedUntil: string | undefined }) => {
  const pause = useAction('schedules.pauseAll');
  const resume = useAction('schedules.resumeAll');
  const toast = useToast();
  const now = useNow();
  const resumeAll = async (makeUp: boolean) => {
    const answer = await resume.run({ makeUp });
    const made = makeUp ? say.allGoOnAndMakeUp : say.allGoOn;
    toast({ text: answer.ok ? made : answer.error.message });
  };
  if (pausedUntil) {
    return (
      <Menu
        label={say.resumeAll}
        items={[
          { label: say.resumeAndMakeUp, onChoose: () => void resumeAll(true) },
          { label: say.resumeLetItGo, onChoose: () => void resumeAll(false) },
        ]}
        opener={(props) => (
          <button type="button" className="button" title={pausedWords(pausedUntil)} {...props}>
            <Play aria-hidden="true" strokeWidth={1.5} />
            {say.resumeAll}
            <ChevronDown aria-hidden="true" strokeWidth={1.5} />
          </button>
        )}
      />
    );
  }
  const pauseUntil = async (until: string | undefined) => {
    const answer = await pause.run(until ? { until } : {});
    if (!answer.ok) return toast({ text: answer.error.message });
    toast({ text: until ? pausedWords(until) : say.pausedUntilYouResume, undo: () => void resumeAll(true) });
  };
  return (
    <Menu
      label={say.pauseAll}
      items={pauseChoices(now).map((choice) => ({ label: choice.label, onChoose: () => void pauseUntil(choice.until) }))}
      opener={(props) => (
        <button type="button" className="button button-quiet" {...props}>
          <Pause aria-hidden="true" strokeWidth={1.5} />
          {say.pauseAll}
          <ChevronDown aria-hidden="true" strokeWidth={1.5} />
        </button>
      )}
    />
  );
};

/** Brings back the schedules Tidings came with that were removed. */
export const RestoreDefaults = ({ look }: { look: 'plain' | 'quiet' }) => {
  const restore = useAction('schedules.restoreDefaults');
  const toast = useToast();
  const run = async () => {
    const answer = await restore.run({});
    if (!answer.ok) return toast({ text: answer.error.message });
    const { restored } = answer.result;
    toast({ text: restored.length === 0 ? say.nothingWasMissing : say.backAgain(restored.length) });
  };
  return (
    <Button look={look} onClick={run} isPending={restore.isPending}>
      {say.restoreDefaults}
    </Button>
  );
};
