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
import { words } from '../words/words.ts';
import { type Health, headline, healthOf } from './source-groups.ts';
import { SourceTable } from './source-table.tsx';
import { useSourceRows } from './use-source-rows.ts';

const { sourceList: say } = words.sources;

const CHIPS: { health: Health; label: string }[] = [
  { health: 'failing', label: say.needYou },
  { health: 'waiting', label: say.waiting },
  { health: 'paused', label: say.paused },
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
      title={say.sources}
      sub={
        rows.length > 0 && (
          <>
            {head.plain}
            {head.needYou > 0 && (
              <>
                , <b className="bad">{say.needsYou(head.needYou)}</b>
              </>
            )}
          </>
        )
      }
      actions={
        <>
          <ButtonLink look="quiet" href="#/stats/sources">
            {say.whatTheyAreWorth}
          </ButtonLink>
          <ButtonLink look="quiet" href="#/sources/series">
            {say.seriesAndAuthors}
          </ButtonLink>
          <ButtonLink look="quiet" href="#/sources/add?kind=opml">
            {say.importOrExportOpml}
          </ButtonLink>
          <ButtonLink look="primary" href="#/sources/add">
            {say.addASource}
          </ButtonLink>
        </>
      }
    >
      {status?.offlineSince && (
        <Note tone="warn" title={say.thereIsNoConnection}>
          {say.since} <ExactTime at={status.offlineSince}>{clock(status.offlineSince)}</ExactTime>
          {say.nothingIsLost}
        </Note>
      )}
      {list.error && <ErrorNote error={list.error} kept={say.yourSourcesAreKept} onRetry={list.reload} />}
      {list.isLoading && <LoadingBars rows={8} />}
      {list.data && rows.length === 0 && (
        <EmptyState title={say.noSourcesYet} reason={say.addASiteYouLike}>
          <ButtonLink href="#/sources/add">{say.addASource}</ButtonLink>
          <ButtonLink look="quiet" href="#/sources/add?kind=opml">
            {say.importOpml}
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
      <div className="sources-filter" role="group" aria-label={say.narrowTheList}>
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
              aria-label={say.findASource}
              placeholder={say.findASource}
              value={words}
              onChange={(event) => setWords(event.target.value)}
            />
          </span>
        )}
      </div>
      {shown.length === 0 ? (
        <EmptyState title={say.noSourceMatches} reason={say.noneOfTheSources(rows.length)}>
          <Button
            onClick={() => {
              setWords('');
              go(['sources'], {}, 'replace');
            }}
          >
            {say.showAll}
          </Button>
        </EmptyState>
      ) : (
        <SourceTable rows={shown} all={rows} />
      )}
    </>
  );
};
