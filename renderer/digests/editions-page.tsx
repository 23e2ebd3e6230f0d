import type { EditionRow } from '../../preload/contract/digest.ts';
import { useQuery } from '../client/use-query.ts';
import { Button } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { dateTime, timeTooltip } from '../ui/format.ts';
import { LoadingBars } from '../ui/loading-bars.tsx';
import { ErrorNote } from '../ui/note.tsx';
import { Screen } from '../ui/screen.tsx';
import { Status } from '../ui/status-glyph.tsx';
import { type Column, Row, Table } from '../ui/table.tsx';
import { useNow } from '../ui/use-now.ts';
import { number } from '../words/counting.ts';
import { words } from '../words/words.ts';
import { DigestFrame, DigestGone } from './digest-page.tsx';
import { standOf } from './edition-words.ts';
import { useEditions } from './use-editions.ts';

const { editions: say } = words.digests;
const COLUMNS: Column[] = [
  { head: say.columns.state, width: '104px' },
  { head: say.columns.made, width: '160px' },
  { head: say.columns.edition },
  { head: say.columns.posts, width: '64px', align: 'end' },
  { head: say.columns.sent, width: '236px' },
];

/** Every edition of a digest, newest first, fifty and then more. */
export const EditionsPage = ({ id }: { id: string }) => {
  const digest = useQuery('digests.get', { id }, ['schedules.changed']);
  const editions = useEditions(id);
  if (digest.error?.code === 'NOT_FOUND')
    return (
      <DigestFrame name={say.crumb}>
        <DigestGone />
      </DigestFrame>
    );
  const schedule = digest.data?.row.schedule;
  return (
    <Screen
      title={schedule ? say.title(schedule.name) : say.head}
      crumb={{ label: schedule?.name ?? words.digests.title, href: `#/digests/${id}` }}
      sub={editions.rows && editions.rows.length > 0 && say.shown(editions.rows.length, editions.total)}
    >
      {editions.error && <ErrorNote error={editions.error} onRetry={editions.reload} />}
      {!editions.rows && !editions.error && <LoadingBars rows={6} label={say.loading} />}
      {editions.rows?.length === 0 && <EmptyState title={say.none} reason={say.noneWhy} />}
      {editions.rows && editions.rows.length > 0 && (
        <Table label={say.head} columns={COLUMNS}>
          {editions.rows.map((row) => (
            <EditionLine key={row.id} row={row} zone={schedule?.timeZone} />
          ))}
        </Table>
      )}
      {editions.more && (
        <p className="editions-more">
          <Button onClick={editions.more} isPending={editions.isLoadingMore}>
            {say.more}
          </Button>
        </p>
      )}
    </Screen>
  );
};

const EditionLine = ({ row, zone }: { row: EditionRow; zone: string | undefined }) => {
  const now = useNow();
  const { glyph, word, sentence } = standOf(row);
  return (
    <Row>
      <td>
        <Status status={glyph}>{word}</Status>
      </td>
      <td>
        <time className="mono" dateTime={row.at} title={timeTooltip(row.at, zone)}>
          {dateTime(row.at, now, zone)}
        </time>
      </td>
      <td className="row-name">
        <a className="edition-subject" href={`#/digests/${row.scheduleId}/edition/${row.id}`}>
          <span className="dim">{say.number(row.number)}</span> {row.subject}
        </a>
      </td>
      <td className="num">{number(row.items)}</td>
      <td className="mid">{sentence}</td>
    </Row>
  );
};
