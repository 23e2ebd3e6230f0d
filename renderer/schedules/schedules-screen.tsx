import type { ScheduleRow } from '../../preload/contract/schedule.ts';
import { useQuery } from '../client/use-query.ts';
import type { ViewState } from '../client/view-state.ts';
import { ButtonLink } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { LoadingBars } from '../ui/loading-bars.tsx';
import { ErrorNote } from '../ui/note.tsx';
import { Screen } from '../ui/screen.tsx';
import { useNow } from '../ui/use-now.ts';
import { count } from '../words/counting.ts';
import { EditorPage } from './editor-page.tsx';
import { Health } from './health.tsx';
import { PauseAll, RestoreDefaults } from './pause-all.tsx';
import { ScheduleTable } from './schedule-table.tsx';
import './schedules.css';

/** Every schedule in words, with what it did and what it will do; below `new` and an id, the editor. */
export const SchedulesScreen = ({ view }: { view: ViewState }) => {
  const id = view.path[1];
  if (id) return <EditorPage key={id} id={id === 'new' ? undefined : id} />;
  return <ScheduleList />;
};

const summary = (rows: ScheduleRow[], now: number): string => {
  const on = rows.filter(({ schedule }) => schedule.enabled).length;
  const off = rows.length - on;
  const late = rows.filter(({ schedule }) => schedule.nextDueAt && Date.parse(schedule.nextDueAt) < now - 60_000).length;
  return [`${on} on`, off > 0 ? `${off} off` : '', late > 0 ? `${late} late` : 'none late'].filter(Boolean).join(', ');
};

const ScheduleList = () => {
  const list = useQuery('schedules.list', {}, ['schedules.changed', 'runs.changed', 'runs.removed', 'settings.changed']);
  const status = useQuery('app.status', {}, ['status.changed', 'settings.changed', 'schedules.changed']).data;
  const now = useNow();
  return (
    <Screen
      title="Schedules"
      sub={list.data && list.data.length > 0 && summary(list.data, now)}
      actions={
        <>
          <PauseAll pausedUntil={status?.pausedUntil} />
          <ButtonLink href="#/schedules/new">New schedule</ButtonLink>
        </>
      }
    >
      {status && <Health status={status} />}
      {list.error && <ErrorNote error={list.error} kept="The schedules are kept and go on." onRetry={list.reload} />}
      {list.isLoading && <LoadingBars rows={6} />}
      {list.data && list.data.length === 0 && (
        <EmptyState
          title="There are no schedules"
          reason="Nothing is collected by itself. Bring back the ones Tidings came with, or make your own."
        >
          <RestoreDefaults look="plain" />
          <ButtonLink href="#/schedules/new">New schedule</ButtonLink>
        </EmptyState>
      )}
      {list.data && list.data.length > 0 && (
        <>
          <ScheduleTable rows={list.data} running={status?.running ?? []} />
          <p className="schedules-foot">
            <RestoreDefaults look="quiet" /> <span className="dim">{count(list.data.length, 'schedule')}</span>
          </p>
        </>
      )}
    </Screen>
  );
};
