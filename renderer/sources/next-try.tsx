import { useState } from 'react';
import type { Reason, SourceRow } from '../../preload/contract/source.ts';
import { Button } from '../ui/button.tsx';
import { clock, dateTime, dueBare } from '../ui/format.ts';
import { Popover } from '../ui/popover.tsx';
import { ExactTime } from '../ui/relative-time.tsx';
import { Status, StatusGlyph } from '../ui/status-glyph.tsx';
import { useNow } from '../ui/use-now.ts';
import { words } from '../words/words.ts';
import { EditSource } from './edit-source.tsx';
import { healthOf, isFetching } from './source-groups.ts';
import { useFetchNow } from './use-fetch-now.ts';

const { nextTry: say } = words.sources;

const DAY_MS = 86_400_000;
const when = (at: string, now: number): string => (Math.abs(Date.parse(at) - now) < DAY_MS ? clock(at) : dateTime(at, now));

/** When a source is asked next, with the chain of reasons behind it. */
export const NextTry = ({ row, all }: { row: SourceRow; all: SourceRow[] }) => {
  const now = useNow();
  const [isEditing, setIsEditing] = useState(false);
  const health = healthOf(row);
  if (isFetching(row)) return <Status status="running">{say.fetching}</Status>;
  const words = row.nextTryAt ? dueBare(row.nextTryAt, now) : row.source.paused ? say.paused : say.stopped;
  const title = row.nextTryAt ? say.whyNotSooner(when(row.nextTryAt, now)) : say.whyItIsNotAsked;
  return (
    <>
      {health === 'waiting' && (
        <span className="status status-waiting">
          <StatusGlyph status="waiting" />
        </span>
      )}{' '}
      <Popover
        label={`${title}: ${row.source.title}`}
        align="end"
        opener={(props) => (
          <button type="button" className="why" {...props} aria-label={say.whyAskedThen(words, row.source.title)}>
            {words}
          </button>
        )}
      >
        {(close) => (
          <WhyThen
            row={row}
            title={title}
            now={now}
            onChange={() => {
              close();
              setIsEditing(true);
            }}
            onDone={close}
          />
        )}
      </Popover>
      {isEditing && <EditSource row={row} all={all} onClose={() => setIsEditing(false)} />}
    </>
  );
};

/** The reasons in the order of their times; the one that wins is last and marked. */
export const inOrder = (why: readonly Reason[]): Reason[] => {
  const [winner, ...rest] = why;
  if (!winner) return [];
  return [...rest.toSorted((a, b) => (a.until ?? '').localeCompare(b.until ?? '')), winner];
};

const WhyThen = ({
  row,
  title,
  now,
  onChange,
  onDone,
}: {
  row: SourceRow;
  title: string;
  now: number;
  onChange: () => void;
  onDone: () => void;
}) => {
  const fetchNow = useFetchNow();
  const reasons = inOrder(row.why);
  return (
    <div className="why-then">
      <h3 className="popover-title">{title}</h3>
      <p className="mid">{reasons.length > 1 ? say.theLatestTimeWins : reasons.length === 0 ? say.thereIsNoReasonToWait : ''}</p>
      <ol aria-label={say.reasons}>
        {reasons.map((reason, place) => (
          <li key={`${reason.kind} ${reason.text}`} className={place === reasons.length - 1 ? 'why-wins' : undefined}>
            <span className="mono">{reason.until ? <ExactTime at={reason.until}>{when(reason.until, now)}</ExactTime> : ''}</span>
            <span>{reason.text}</span>
            {place === reasons.length - 1 && <StatusGlyph status="completed" />}
          </li>
        ))}
      </ol>
      <p className="why-actions">
        <Button onClick={onChange}>{row.source.kind === 'feed' ? say.changeInterval : say.changeSettings}</Button>
        <Button
          look="quiet"
          onClick={() => {
            onDone();
            void fetchNow(row.source);
          }}
        >
          {say.fetchNow}
        </Button>
      </p>
    </div>
  );
};
