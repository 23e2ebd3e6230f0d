import ChevronDown from 'lucide-react/dist/esm/icons/chevron-down.mjs';
import ChevronRight from 'lucide-react/dist/esm/icons/chevron-right.mjs';
import RefreshCw from 'lucide-react/dist/esm/icons/refresh-cw.mjs';
import Star from 'lucide-react/dist/esm/icons/star.mjs';
import VolumeX from 'lucide-react/dist/esm/icons/volume-x.mjs';
import { Fragment, useState } from 'react';
import type { SourceRow } from '../../preload/contract/source.ts';
import { Button, IconButton } from '../ui/button.tsx';
import { HealthDots } from '../ui/health-dots.tsx';
import { RelativeTime } from '../ui/relative-time.tsx';
import { type Column, Row, Table } from '../ui/table.tsx';
import { number } from '../words/counting.ts';
import { words } from '../words/words.ts';
import { NextTry } from './next-try.tsx';
import { dotOf, folderWords, groupByFolder, isFetching, outcomeWords, placeOf, problemOf } from './source-groups.ts';
import { SourceMenu } from './source-menu.tsx';
import { useFetchNow } from './use-fetch-now.ts';

const { sourceTable: say } = words.sources;

const COLUMNS: Column[] = [
  { head: say.source },
  { head: say.last20FetchJobs, width: 'var(--sources-dots)' },
  { head: say.lastGoodFetch, width: '180px', leavesNarrow: true },
  { head: say.nextTry, width: 'var(--sources-next)' },
  { head: say.unread, width: '56px', align: 'end' },
  { head: say.posts, width: '64px', align: 'end', leavesNarrow: true },
  { head: say.actions, width: '64px', isHeadHidden: true },
];
/** Columns that never leave: what lies across the table spans these, so that it makes no new ones. */
const ALWAYS = COLUMNS.filter((column) => !column.leavesNarrow).length;
/** Rows drawn at first, and added at each wish for more. */
const STEP = 200;

/** Sources as a ruled table, folder by folder. */
export const SourceTable = ({ rows, all }: { rows: SourceRow[]; all: SourceRow[] }) => {
  const [closed, setClosed] = useState<ReadonlySet<string>>(new Set());
  const [most, setMost] = useState(STEP);
  const groups = groupByFolder(rows);
  const hasFolders = groups.some((group) => group.path.length > 0);
  const toggle = (key: string) =>
    setClosed((before) => new Set(before.has(key) ? [...before].filter((one) => one !== key) : [...before, key]));
  let left = most;
  return (
    <div className="sources">
      <Table label={say.sources} columns={COLUMNS}>
        {groups.map((group) => {
          const isClosed = closed.has(group.key);
          const shown = isClosed ? [] : group.rows.slice(0, left);
          left -= shown.length;
          return (
            <Fragment key={group.key}>
              {hasFolders && (
                <tr className="table-group">
                  <th scope="rowgroup" colSpan={ALWAYS}>
                    <button type="button" className="sources-folder" aria-expanded={!isClosed} onClick={() => toggle(group.key)}>
                      {isClosed ? (
                        <ChevronRight aria-hidden="true" width={14} height={14} strokeWidth={1.5} />
                      ) : (
                        <ChevronDown aria-hidden="true" width={14} height={14} strokeWidth={1.5} />
                      )}
                      <b>{group.path.length === 0 ? say.noFolder : folderWords(group.path)}</b>
                      <span className="dim">{number(group.rows.length)}</span>
                    </button>
                  </th>
                  {COLUMNS.slice(ALWAYS).map((column) => (
                    <td key={String(column.head)} className="hide-narrow" />
                  ))}
                </tr>
              )}
              {shown.map((row) => (
                <SourceRowView key={row.source.id} row={row} all={all} />
              ))}
            </Fragment>
          );
        })}
      </Table>
      {rows.length > most && (
        <p className="sources-more">
          <Button onClick={() => setMost(most + STEP)}>{say.showMore(Math.min(STEP, rows.length - most))}</Button>
          <span className="dim">{say.shownOf(most, rows.length)}</span>
        </p>
      )}
    </div>
  );
};

const SourceRowView = ({ row, all }: { row: SourceRow; all: SourceRow[] }) => {
  const { source } = row;
  const fetchNow = useFetchNow();
  const problem = problemOf(row);
  return (
    <Row tone={source.paused ? 'off' : undefined}>
      <td className="row-name sources-name">
        <span className="sources-title">
          <a className="trunc" href={`#/sources/${source.id}`} title={source.title}>
            {source.title}
          </a>
          {source.starred && (
            <Star role="img" aria-label={say.starredFetchedFirst} width={12} height={12} fill="currentColor" strokeWidth={1.5} />
          )}
          {source.muted && <VolumeX role="img" aria-label={say.muted} width={13} height={13} strokeWidth={1.5} />}
        </span>
        <div className={row.failures > 0 && problem ? 'sub trunc bad' : 'sub trunc'} title={problem ?? placeOf(row)}>
          {problem ?? placeOf(row)}
        </div>
      </td>
      <td>
        <HealthDots dots={row.recent.map(dotOf)} label={source.title} />
      </td>
      <td className="hide-narrow">
        <LastGood row={row} />
      </td>
      <td>
        <NextTry row={row} all={all} />
      </td>
      <td className="num">{row.unread > 0 ? number(row.unread) : ''}</td>
      <td className="num mid hide-narrow">{number(row.posts)}</td>
      <td>
        <span className="sources-actions">
          <IconButton
            label={say.fetchNow(source.title)}
            icon={<RefreshCw aria-hidden="true" strokeWidth={1.5} />}
            disabled={isFetching(row)}
            onClick={() => void fetchNow(source)}
          />
          <SourceMenu row={row} all={all} />
        </span>
      </td>
    </Row>
  );
};

/** How the newest good fetch went, and when: *Not modified 18 min ago*, or *never fetched*. */
export const LastGood = ({ row }: { row: SourceRow }) => {
  const good = row.recent.findLast((job) => job.status === 'completed');
  const at = row.lastGoodAt ?? (good?.status === 'completed' ? good.endedAt : undefined);
  if (!at) return <span className="dim">{say.neverFetched}</span>;
  return (
    <>
      {good && <span className="mid">{outcomeWords(good)}</span>}{' '}
      <span className="dim nowrap">
        <RelativeTime at={at} />
      </span>
    </>
  );
};
