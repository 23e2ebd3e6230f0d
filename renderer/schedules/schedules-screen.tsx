import type { ScheduleRow } from '../../preload/contract/schedule.ts';
import { useQuery } from '../client/use-query.ts';
import type { ViewState } from '../client/view-state.ts';
import { ButtonLink } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { LoadingBars } from '../ui/loading-bars.tsx';
import { ErrorNote } from '../ui/note.tsx';
import { Screen } from '../ui/screen.tsx';
import { useNow } from '../ui/use-now.ts';
import { EditorPage } from './editor-page.tsx';
import { Health } from './health.tsx';
import { PauseAll, RestoreDefaults } from './pause-all.tsx';
import { ScheduleTable } from './schedule-table.tsx';
import './schedules.css';
import { words } from '../words/words.ts';

const { schedulesScreen: say } = words.schedules;

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
  return [say.on(on), off > 0 ? say.off(off) : '', late > 0 ? say.late(late) : say.noneLate].filter(Boolean).join(', ');
};

const ScheduleList = () => {
  const list = useQuery('schedules.list', {}, ['schedules.changed', 'runs.changed', 'runs.removed', 'settings.changed']);
  const status = useQuery('app.status', {}, ['status.changed', 'settings.changed', 'schedules.changed']).data;
  const now = useNow();
  return (
    <Screen
      title={say.schedules}
      sub={list.data && list.data.length > 0 && summary(list.data, now)}
      actions={
        <>
          <PauseAll pausedUntil={status?.pausedUntil} />
          <ButtonLink href="#/schedules/new">{say.newSchedule}</ButtonLink>
        </>
      }
    >
      {status && <Health status={status} />}
      {list.error && <ErrorNote error={list.error} kept={say.theyAreKeptAndGoOn} onRetry={list.reload} />}
      {list.isLoading && <LoadingBars rows={6} />}
      {list.data && list.data.length === 0 && (
        <EmptyState title={say.thereAreNoSchedules} reason={say.nothingIsCollectedByItself}>
          <RestoreDefaults look="plain" />
          <ButtonLink href="#/schedules/new">{say.newSchedule}</ButtonLink>
        </EmptyState>
      )}
      {list.data && list.data.length > 0 && (
        <>
          <ScheduleTable rows={list.data} running={status?.running ?? []} />
          <p className="schedules-foot">
            <RestoreDefaults look="quiet" /> <span className="dim">{say.count(list.data.length)}</span>
          </p>
        </>
      )}
    </Screen>
  );
};
