import { useDeferredValue, useState } from 'react';
import type { SourceRow } from '../../preload/contract/source.ts';
import { useQuery } from '../client/use-query.ts';
import { go } from '../client/use-view.ts';
import { Button, ButtonLink } from '../ui/button.tsx';
import { Chip } from '../ui/choices.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { TextInput } from '../ui/field.tsx';
import { clock } from '../ui/format.ts';
import { LoadingBars } from '../ui/loading-bars.tsx';
import { ErrorNote, Note } from '../ui/note.tsx';
import { ExactTime } from '../ui/relative-time.tsx';
import { Screen } from '../ui/screen.tsx';
import { StatusGlyph } from '../ui/status-glyph.tsx';
import { number } from '../words/counting.ts';
import { type Health, headline, healthOf } from './source-groups.ts';
import { SourceTable } from './source-table.tsx';
import { useSourceRows } from './use-source-rows.ts';

const CHIPS: { health: Health; label: string }[] = [
  { health: 'failing', label: 'Need you' },
  { health: 'waiting', label: 'Waiting' },
  { health: 'paused', label: 'Paused' },
];
/** A field to find a source is worth its place from here. */
const MANY = 15;

/** All sources by folder, each with how it goes. */
export const SourceList = ({ params }: { params: Record<string, string> }) => {
  const list = useSourceRows();
  const status = useQuery('app.status', {}, ['status.changed']).data;
  const { rows } = list;
  const head = headline(rows);
  return (
    <Screen
      title="Sources"
      sub={
        rows.length > 0 && (
          <>
            {head.plain}
            {head.needYou > 0 && (
              <>
                ,{' '}
                <b className="bad">
                  {number(head.needYou)} {head.needYou === 1 ? 'needs' : 'need'} you
                </b>
              </>
            )}
          </>
        )
      }
      actions={
        <>
          <ButtonLink look="quiet" href="#/sources/series">
            Series and authors
          </ButtonLink>
          <ButtonLink look="quiet" href="#/sources/add?kind=opml">
            Import or export OPML
          </ButtonLink>
          <ButtonLink look="primary" href="#/sources/add">
            Add a source
          </ButtonLink>
        </>
      }
    >
      {status?.offlineSince && (
        <Note tone="warn" title="There is no connection.">
          Since <ExactTime at={status.offlineSince}>{clock(status.offlineSince)}</ExactTime>. Nothing is lost: fetching goes on
          when it is back, and no source is blamed.
        </Note>
      )}
      {list.error && (
        <ErrorNote error={list.error} kept="Your sources are kept; only the list could not be read." onRetry={list.reload} />
      )}
      {list.isLoading && <LoadingBars rows={8} />}
      {list.data && rows.length === 0 && (
        <EmptyState
          title="No sources yet"
          reason="Add a site you like to read, a list of Hacker News, or bring your list from another reader."
        >
          <ButtonLink href="#/sources/add">Add a source</ButtonLink>
          <ButtonLink look="quiet" href="#/sources/add?kind=opml">
            Import OPML
          </ButtonLink>
        </EmptyState>
      )}
      {rows.length > 0 && <Narrowed rows={rows} show={params.show} />}
    </Screen>
  );
};

const Narrowed = ({ rows, show }: { rows: SourceRow[]; show: string | undefined }) => {
  const [words, setWords] = useState('');
  const wanted = useDeferredValue(words.trim().toLowerCase());
  const chips = CHIPS.map((chip) => ({ ...chip, amount: rows.filter((row) => healthOf(row) === chip.health).length }));
  const chosen = CHIPS.find(({ health }) => health === show)?.health;
  const isFound = ({ source }: SourceRow) =>
    wanted === '' || `${source.title} ${source.kind === 'feed' ? source.feedUrl : ''}`.toLowerCase().includes(wanted);
  const shown = rows.filter((row) => (!chosen || healthOf(row) === chosen) && isFound(row));
  return (
    <>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset would want a legend; the group has a name */}
      <div className="sources-filter" role="group" aria-label="Narrow the list">
        {chips
          .filter(({ health, amount }) => amount > 0 || health === chosen)
          .map(({ health, label, amount }) => (
            <Chip
              key={health}
              isOn={health === chosen}
              onToggle={() => go(['sources'], health === chosen ? {} : { show: health }, 'replace')}
            >
              {health !== 'paused' && <StatusGlyph status={health === 'failing' ? 'failed' : 'waiting'} />}
              {label} {number(amount)}
            </Chip>
          ))}
        {rows.length > MANY && (
          <span className="sources-find">
            <TextInput
              type="search"
              aria-label="Find a source"
              placeholder="Find a source"
              value={words}
              onChange={(event) => setWords(event.target.value)}
            />
          </span>
        )}
      </div>
      {shown.length === 0 ? (
        <EmptyState title="No source matches" reason={`None of the ${number(rows.length)} sources.`}>
          <Button
            onClick={() => {
              setWords('');
              go(['sources'], {}, 'replace');
            }}
          >
            Show all
          </Button>
        </EmptyState>
      ) : (
        <SourceTable rows={shown} all={rows} />
      )}
    </>
  );
};
