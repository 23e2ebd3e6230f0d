import type { RunBrief, RunDetail } from '../../preload/contract/run.ts';
import { classes } from '../ui/classes.ts';
import { dueInline } from '../ui/format.ts';
import { RUN_STATUS_WORDS } from '../ui/run-words.ts';
import { StatusGlyph } from '../ui/status-glyph.tsx';
import { useNow } from '../ui/use-now.ts';
import { words } from '../words/words.ts';
import { timeText, useTimeFormat } from './time-format.ts';

const { attempts: say } = words.history;

/** How many tries there are for a due time, and which this is. By hand there is no end to them. */
const placeWords = ({ attempts, run, retry }: RunDetail, now: number): string => {
  const timed = attempts.filter(({ cause }) => cause !== 'manual');
  const of = timed.find(({ attempt }) => attempt)?.attempt?.of ?? retry?.of;
  const parts = [say.chain(attempts.findIndex(({ id }) => id === run.id) + 1, Math.max(attempts.length, of ?? 0))];
  if (retry) parts.push(say.waits(retry.number, retry.of, dueInline(retry.at, now)));
  else if (of !== undefined && attempts.length >= of && attempts.every(({ status }) => status === 'failed'))
    parts.push(say.exhausted(attempts.length));
  return parts.join(' ');
};

/** The tries of one run, to go from one to the other; nothing where there was only one and none is to come. */
export const RunAttempts = ({ detail }: { detail: RunDetail }) => {
  const now = useNow();
  const format = useTimeFormat();
  const { attempts, run, retry } = detail;
  if (attempts.length < 2 && !retry) return null;
  const words = (each: RunBrief, place: number): string =>
    say.one(place + 1, RUN_STATUS_WORDS[each.status], timeText(each.queuedAt, format, now));
  return (
    <nav className="run-attempts" aria-label={say.label}>
      <ol>
        {attempts.map((each, place) => (
          <li key={each.id}>
            <a
              className={classes('run-attempt', each.id === run.id && 'run-attempt-here')}
              href={`#/history/run/${each.id}`}
              aria-current={each.id === run.id ? 'page' : undefined}
            >
              <span className={`status status-${each.status}`}>
                <StatusGlyph status={each.status} />
              </span>
              {words(each, place)}
            </a>
          </li>
        ))}
      </ol>
      <span className="dim">{placeWords(detail, now)}</span>
    </nav>
  );
};
