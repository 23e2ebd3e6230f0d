import type { DigestRow, EditionRow } from '../../preload/contract/digest.ts';
import type { Run } from '../../preload/contract/run.ts';
import { useQuery } from '../client/use-query.ts';
import { clock, dayAndMonth, dueInline, timeTooltip } from '../ui/format.ts';
import { Status } from '../ui/status-glyph.tsx';
import { useNow } from '../ui/use-now.ts';
import { words } from '../words/words.ts';
import { standOf } from './edition-words.ts';

const { editions: say } = words.digests;
const SHOWN = 5;

const When = ({ at, zone }: { at: string; zone: string }) => {
  const now = useNow();
  return (
    <time className="mono" dateTime={at} title={timeTooltip(at, zone)}>
      {dayAndMonth(at, now, zone)} {clock(at, zone)}
    </time>
  );
};

/** The next edition and the newest ones, each in a line. */
export const LastEditions = ({ digest }: { digest: DigestRow }) => {
  const { schedule, next } = digest.row;
  const zone = schedule.timeZone;
  const now = useNow();
  const editions = useQuery('digests.editions', { scheduleId: schedule.id, limit: SHOWN }, ['digests.changed']).data;
  const empty = foundNothing(digest.row.last);
  const dueAt = schedule.enabled ? (schedule.nextDueAt ?? next[0]) : undefined;
  return (
    <section aria-labelledby="digest-editions">
      <h2 className="editor-head" id="digest-editions">
        {say.head}
      </h2>
      <ul className="edition-lines">
        {dueAt && (
          <li>
            <Status status="queued">{say.next}</Status>
            <When at={dueAt} zone={zone} />
            <span className="dim">{say.upcoming(digest.nextNumber, dueInline(dueAt, now, zone))}</span>
          </li>
        )}
        {empty && editions && !editions.rows.some(({ at }) => at > empty.queuedAt) && <NothingNew run={empty} zone={zone} />}
        {editions?.rows.map((row) => (
          <Line key={row.id} row={row} zone={zone} />
        ))}
      </ul>
      {editions && editions.rows.length === 0 && <p className="dim">{say.noneWhy}</p>}
      {editions && editions.total > SHOWN && (
        <p className="edition-all">
          <a className="link" href={`#/digests/${schedule.id}/editions`}>
            {say.all}
          </a>{' '}
          <span className="dim">{say.shown(editions.rows.length, editions.total)}</span>
        </p>
      )}
    </section>
  );
};

/** The last run, where it found nothing new and so made no edition. */
const foundNothing = (last: Run | undefined): Run | undefined => {
  if (last?.status !== 'completed') return undefined;
  const made = last.steps?.find(({ name }) => name.toLowerCase() === 'generate');
  return made && !made.editionId ? last : undefined;
};

const NothingNew = ({ run, zone }: { run: Run; zone: string }) => (
  <li>
    <Status status="skipped">{say.noEdition}</Status>
    <When at={run.scheduledFor ?? run.queuedAt} zone={zone} />
    <a className="edition-link dim" href={`#/history/run/${run.id}`} aria-label={say.openRun}>
      {say.soNoMail}
    </a>
  </li>
);

const Line = ({ row, zone }: { row: EditionRow; zone: string }) => {
  const { glyph, word, short } = standOf(row);
  return (
    <li>
      <Status status={glyph}>{word}</Status>
      <When at={row.at} zone={zone} />
      <a className="edition-link" href={`#/digests/${row.scheduleId}/edition/${row.id}`} aria-label={say.open(row.number)}>
        <span className="dim">{say.number(row.number)}, </span>
        <span className={glyph === 'completed' ? 'dim' : 'link'}>{short}</span>
      </a>
    </li>
  );
};
