import { useDeferredValue, useMemo, useState } from 'react';
import type { DomainStatus } from '../../preload/contract/domain.ts';
import type { SourceRow } from '../../preload/contract/source.ts';
import { useQuery } from '../client/use-query.ts';
import { go } from '../client/use-view.ts';
import type { ViewState } from '../client/view-state.ts';
import { Button, ButtonLink } from '../ui/button.tsx';
import { Chip } from '../ui/choices.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { TextInput } from '../ui/field.tsx';
import { LoadingBars } from '../ui/loading-bars.tsx';
import { ErrorNote } from '../ui/note.tsx';
import { Screen } from '../ui/screen.tsx';
import { StatusGlyph } from '../ui/status-glyph.tsx';
import { useSeconds } from '../ui/use-seconds.ts';
import { number } from '../words/counting.ts';
import { Diagnostics } from './diagnostics.tsx';
import { DomainTable, type KnownFeeds } from './domain-table.tsx';
import { DOMAIN_STATUSES, statusOf } from './domain-words.ts';
import { useDomainRows } from './use-domain-rows.ts';
import { useProcess } from './use-process.ts';
import './domains.css';
import { words } from '../words/words.ts';

const { domains: say } = words;

/** Rows on a page. */
const PAGE = 100;

/** The sites posts link to: how far each is, what it told, and what failed. */
export const DomainsScreen = ({ view }: { view: ViewState }) => {
  const stats = useQuery('domains.stats', {}, ['domains.changed', 'domains.listed']);
  const process = useProcess();
  const [isOpen, setIsOpen] = useState(false);
  const [isPending, setIsPending] = useState(false);
  const { counts } = stats.data ?? {};
  const all = counts ? counts.pending + counts.processing + counts.completed + counts.error : undefined;
  const waiting = counts?.pending ?? 0;
  const processNow = async () => {
    setIsPending(true);
    await process.pending(waiting);
    setIsPending(false);
  };
  return (
    <Screen
      title={say.title}
      sub={all ? say.sub(all) : undefined}
      actions={
        <>
          <Button look="quiet" aria-expanded={isOpen} onClick={() => setIsOpen(!isOpen)}>
            {say.diagnostics}
          </Button>
          <Button look="primary" onClick={processNow} isPending={isPending} disabled={waiting === 0 && !isPending}>
            {say.processNow(waiting)}
          </Button>
        </>
      }
    >
      {isOpen && <Diagnostics />}
      {stats.error && <ErrorNote error={stats.error} kept={say.numbersKept} onRetry={stats.reload} />}
      {all === 0 ? (
        <EmptyState title={say.none} reason={say.noneWhy}>
          <ButtonLink href="#/sources/add">{say.addSource}</ButtonLink>
        </EmptyState>
      ) : (
        <DomainList status={statusOf(view.params.status)} counts={counts} {...process} />
      )}
    </Screen>
  );
};

const feedsOf = (rows: readonly SourceRow[]): KnownFeeds =>
  new Map(rows.flatMap(({ source }) => (source.kind === 'feed' ? [[source.feedUrl, source.id] as const] : [])));

const DomainList = ({
  status,
  counts,
  again,
  pin,
}: {
  status: DomainStatus | undefined;
  counts: Record<DomainStatus, number> | undefined;
} & Pick<ReturnType<typeof useProcess>, 'again' | 'pin'>) => {
  const [typed, setTyped] = useState('');
  const wanted = useDeferredValue(typed.trim());
  const question = JSON.stringify([status, wanted]);
  // The pages gone through to the present one; another question begins anew.
  const [trail, setTrail] = useState<{ question: string; cursors: string[] }>({ question, cursors: [] });
  const cursors = trail.question === question ? trail.cursors : [];
  const cursor = cursors.at(-1);
  const list = useDomainRows({
    limit: PAGE,
    ...(status ? { status } : {}),
    ...(wanted ? { search: wanted } : {}),
    ...(cursor ? { cursor } : {}),
  });
  const { rows, total, next } = list;
  const sources = useQuery('sources.list', {}, ['sources.changed']).data;
  const known = useMemo(() => feedsOf(sources ?? []), [sources]);
  const now = useSeconds(rows.some(({ domain }) => domain.status === 'processing'));
  const from = cursors.length * PAGE;
  return (
    <>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset would want a legend; the group has a name */}
      <div className="domains-filter" role="group" aria-label={say.narrow}>
        {DOMAIN_STATUSES.map((one) => (
          <Chip
            key={one.status}
            isOn={one.status === status}
            onToggle={() => go(['domains'], one.status === status ? {} : { status: one.status }, 'replace')}
          >
            <span className={`status-${one.glyph} domains-glyph`}>
              <StatusGlyph status={one.glyph} />
            </span>
            {one.label} <b data-count={one.status}>{counts ? number(counts[one.status]) : ''}</b>
          </Chip>
        ))}
        {status === 'error' && rows.length > 0 && (
          <Button look="quiet" onClick={() => void again(rows.map(({ domain }) => domain.id))}>
            {say.retryAll(rows.length)}
          </Button>
        )}
        <span className="domains-find">
          <TextInput
            type="search"
            aria-label={say.find}
            placeholder={say.find}
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
          />
        </span>
      </div>
      {list.error && <ErrorNote error={list.error} kept={say.listKept} onRetry={list.reload} />}
      {list.isLoading && <LoadingBars rows={8} />}
      {list.data && rows.length === 0 && (
        <EmptyState title={say.noMatch} reason={say.noMatchWhy}>
          <Button
            onClick={() => {
              setTyped('');
              go(['domains'], {}, 'replace');
            }}
          >
            {say.showAll}
          </Button>
        </EmptyState>
      )}
      {rows.length > 0 && (
        <div aria-busy={list.isPrevious || undefined}>
          <DomainTable
            rows={rows}
            now={now}
            known={known}
            onRetry={(id) => void again([id])}
            onPin={(id, pinned) => void pin(id, pinned)}
          />
        </div>
      )}
      {(next || cursors.length > 0) && (
        <p className="domains-more">
          <Button disabled={cursors.length === 0} onClick={() => setTrail({ question, cursors: cursors.slice(0, -1) })}>
            {say.newer}
          </Button>
          <Button disabled={!next} onClick={() => next && setTrail({ question, cursors: [...cursors, next] })}>
            {say.older}
          </Button>
          <span className="dim">{say.page(from + 1, from + rows.length, total)}</span>
        </p>
      )}
    </>
  );
};
