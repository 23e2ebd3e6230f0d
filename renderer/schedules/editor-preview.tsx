import { useEffect, useState } from 'react';
import type { SchedulePreview } from '../../preload/contract/schedule.ts';
import { type Query, useQuery } from '../client/use-query.ts';
import { dueInline, timeTooltip } from '../ui/format.ts';
import { useNow } from '../ui/use-now.ts';
import type { Draft } from './editor-draft.ts';
import { toTrigger } from './trigger-form.ts';
import { dueLabel } from './zones.ts';

const PAUSE_MS = 200;

/** What the draft would do, asked from the core once typing pauses. */
export const usePreview = (draft: Draft): Query<SchedulePreview> => {
  const read = toTrigger(draft.trigger);
  const wanted = 'trigger' in read ? { trigger: read.trigger, timeZone: draft.timeZone, jobKind: draft.jobKind, count: 5 } : null;
  const key = JSON.stringify(wanted);
  const [asked, setAsked] = useState(key);
  useEffect(() => {
    const timer = setTimeout(() => setAsked(key), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [key]);
  return useQuery('schedules.preview', JSON.parse(asked) as typeof wanted);
};

/** The draft in words and as its next five times. */
export const EditorPreview = ({ draft, preview }: { draft: Draft; preview: Query<SchedulePreview> }) => {
  const read = toTrigger(draft.trigger);
  const problem = 'message' in read ? read.message : preview.error?.message;
  return (
    <section className="editor-preview" aria-live="polite" aria-label="What it will do">
      {problem ? (
        <>
          <p className="editor-words dim">Not a time yet</p>
          <p className="mid">{problem}</p>
        </>
      ) : (
        preview.data && <Told preview={preview.data} timeZone={draft.timeZone} />
      )}
    </section>
  );
};

const Told = ({ preview, timeZone }: { preview: SchedulePreview; timeZone: string }) => {
  const now = useNow();
  return (
    <>
      <p className="editor-words">
        {preview.words} {timeZone}.
      </p>
      <ol className="editor-five" aria-label="The next five times">
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
