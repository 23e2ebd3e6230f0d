import type { SchedulePreview, Simulation } from '../../preload/contract/schedule.ts';
import { type Query, useQuery } from '../client/use-query.ts';
import { dueInline, timeTooltip } from '../ui/format.ts';
import { ErrorNote } from '../ui/note.tsx';
import { toTrigger } from '../ui/trigger-form.ts';
import { useNow } from '../ui/use-now.ts';
import { useSettled } from '../ui/use-settled.ts';
import { dueLabel } from '../ui/zones.ts';
import { words } from '../words/words.ts';
import { type Draft, ruleOf } from './editor-draft.ts';
import { clocksSentence } from './sim-model.ts';
import { isAboutAField } from './use-save-schedule.ts';

const { editorPreview: say } = words.schedules;

const PAUSE_MS = 200;

/** What the draft would do, asked from the core once typing pauses. `id` is the schedule being edited. */
export const usePreview = (draft: Draft, id: string | undefined): Query<SchedulePreview> => {
  const rule = ruleOf(draft);
  const wanted = rule && {
    trigger: rule.trigger,
    timeZone: rule.timeZone,
    jobKind: draft.jobKind,
    count: 5,
    ...(rule.window ? { window: rule.window } : {}),
    ...(id ? { id } : {}),
  };
  return useQuery('schedules.preview', useSettled(wanted, PAUSE_MS));
};

/** The draft in words and as its next five times, with what is worth knowing about them. */
export const EditorPreview = ({
  draft,
  preview,
  simulation,
}: {
  draft: Draft;
  preview: Query<SchedulePreview>;
  simulation: Simulation | undefined;
}) => {
  const read = toTrigger(draft.trigger);
  const problem = 'message' in read ? read.message : preview.error?.message;
  if (!('message' in read) && preview.error && !isAboutAField(preview.error)) {
    return <ErrorNote error={preview.error} onRetry={preview.reload} />;
  }
  return (
    <section aria-live="polite" aria-label={say.whatItWillDo}>
      {problem ? (
        <>
          <p className="editor-words dim">{say.notATimeYet}</p>
          <p className="mid">{problem}</p>
        </>
      ) : (
        preview.data && (
          <Told preview={preview.data} timeZone={draft.timeZone} clocks={simulation ? clocksSentence(simulation) : ''} />
        )
      )}
    </section>
  );
};

const Told = ({ preview, timeZone, clocks }: { preview: SchedulePreview; timeZone: string; clocks: string }) => {
  const now = useNow();
  return (
    <>
      <p className="editor-words">
        {preview.words} {timeZone}.
      </p>
      {preview.hint && <p className="mid">{preview.hint}</p>}
      {clocks && <p className="mid">{clocks}</p>}
      <ol className="editor-five" aria-label={say.theNextFiveTimes}>
        {preview.next.map((at) => {
          const label = dueLabel(at, timeZone, now);
          return (
            <li key={at}>
              <time dateTime={at} title={timeTooltip(at, timeZone)}>
                <b className="mono">{label.time}</b>
                <span>{label.isToday ? dueInline(at, now, timeZone) : label.day}</span>
              </time>
            </li>
          );
        })}
      </ol>
    </>
  );
};
