import type { SourceValue } from '../../preload/contract/stats.ts';
import { useQuery } from '../client/use-query.ts';
import { go } from '../client/use-view.ts';
import type { ViewState } from '../client/view-state.ts';
import { ButtonLink } from '../ui/button.tsx';
import { Chip, Segments } from '../ui/choices.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { LoadingBars } from '../ui/loading-bars.tsx';
import { ErrorNote } from '../ui/note.tsx';
import { Screen } from '../ui/screen.tsx';
import { words } from '../words/words.ts';
import { REPORT_GAP_MS, SPANS, spanOf } from './spans.ts';
import { orderOf, sortValues, TO_DECIDE, verdictOf } from './value-rows.ts';
import { ValueTable } from './value-table.tsx';
import './stats.css';

const { sourceValue: say } = words;

const CRUMB = { label: say.crumb, href: '#/stats' };

/** Moves within the report: what is not given stays as the address has it. */
const goOn = (view: ViewState, params: Record<string, string | undefined>): void =>
  go(view.path, { ...view.params, ...params }, 'replace');

/** Every source with what it brought, what became of it and what can be done about it; what wants a decision first. */
export const ValueReport = ({ view }: { view: ViewState }) => {
  const span = spanOf(view);
  const report = useQuery(
    'stats.sources',
    { days: Number(span) },
    ['posts.changed', 'sources.changed', 'runs.changed'],
    REPORT_GAP_MS,
  );
  const rows = report.data;
  return (
    <Screen
      title={say.title}
      crumb={CRUMB}
      sub={rows && say.sub(rows.length, rows.filter((row) => TO_DECIDE.includes(row.verdict)).length)}
      actions={
        <Segments
          label={say.span}
          value={span}
          options={SPANS}
          onChange={(days) => goOn(view, { days: days === '30' ? undefined : days })}
        />
      }
    >
      {report.error && <ErrorNote error={report.error} kept={say.kept} onRetry={report.reload} />}
      {report.isLoading && <LoadingBars rows={8} />}
      {rows?.length === 0 && (
        <EmptyState title={say.none} reason={say.noneWhy}>
          <ButtonLink href="#/sources/add">{say.addSource}</ButtonLink>
        </EmptyState>
      )}
      {rows && rows.length > 0 && <Report rows={rows} view={view} />}
    </Screen>
  );
};

const Report = ({ rows, view }: { rows: readonly SourceValue[]; view: ViewState }) => {
  const wanted = verdictOf(view);
  const groups = Map.groupBy(rows, ({ verdict }) => verdict);
  const shown = sortValues(wanted ? (groups.get(wanted) ?? []) : rows, orderOf(view));
  return (
    <>
      <p className="sub value-about">{say.about}</p>
      <fieldset className="value-filter" aria-label={say.filter}>
        <Chip isOn={!wanted} onToggle={() => goOn(view, { verdict: undefined })}>
          {say.all(rows.length)}
        </Chip>
        {[...groups].map(([verdict, those]) => (
          <Chip
            key={verdict}
            isOn={wanted === verdict}
            onToggle={() => goOn(view, { verdict: wanted === verdict ? undefined : verdict })}
          >
            {say.chip(say.verdicts[verdict], those.length)}
          </Chip>
        ))}
      </fieldset>
      {shown.length === 0 ? (
        <p className="sub" role="status">
          {say.noneSuch}
        </p>
      ) : (
        <ValueTable rows={shown} order={orderOf(view)} onOrder={(sort) => goOn(view, { sort: sort || undefined })} />
      )}
    </>
  );
};
