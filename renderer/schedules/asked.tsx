import type { Schedule } from '../../preload/contract/schedule.ts';
import { useAction } from '../client/use-action.ts';
import { Button } from '../ui/button.tsx';
import { dueInline, duration } from '../ui/format.ts';
import { Status } from '../ui/status-glyph.tsx';
import { useToast } from '../ui/toast.tsx';
import { useNow } from '../ui/use-now.ts';
import { words } from '../words/words.ts';

const { asked: told } = words.schedules;

const HOUR_MS = 3_600_000;

/** *Missed by 14 h. Run it?*, or with how many there were. */
export const askedWords = ({ to, count: missed }: NonNullable<Schedule['asked']>, now: number): string => {
  const late = now - Date.parse(to);
  const span = duration(Math.floor(late / (late < HOUR_MS ? 60_000 : HOUR_MS)) * (late < HOUR_MS ? 60_000 : HOUR_MS));
  return missed === 1 ? told.missedBy(span) : told.missedTimes(missed, span);
};

/** *Attempt 2 of 3 in 4 min*. */
export const retryWords = ({ number, of, at }: NonNullable<Schedule['retry']>, now: number): string =>
  told.attempt(number, of, dueInline(at, now));

/** What a schedule waits for beside its next time: the owner's answer, or a retry. */
export const Waiting = ({ schedule }: { schedule: Schedule }) => {
  const now = useNow();
  const answer = useAction('schedules.answerMissed');
  const toast = useToast();
  const { asked, retry } = schedule;
  const say = async (run: boolean) => {
    const answered = await answer.run({ id: schedule.id, run });
    if (!answered.ok) return toast({ text: answered.error.message });
    toast({ text: run ? told.runsOnce(schedule.name) : told.staysMissed(schedule.name) });
  };
  return (
    <>
      {retry && (
        <div className="sub">
          <Status status="waiting">{retryWords(retry, now)}</Status>
        </div>
      )}
      {asked && (
        <div className="schedule-asked">
          <Status status="warning">{askedWords(asked, now)}</Status>
          <Button isPending={answer.isPending} aria-label={told.runThisOnce(schedule.name)} onClick={() => void say(true)}>
            {told.runOnce}
          </Button>
          <Button
            look="quiet"
            isPending={answer.isPending}
            aria-label={told.letThisGo(schedule.name)}
            onClick={() => void say(false)}
          >
            {told.letItGo}
          </Button>
        </div>
      )}
    </>
  );
};
