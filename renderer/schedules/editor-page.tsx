import { useQuery } from '../client/use-query.ts';
import { ButtonLink } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { localZone } from '../ui/format.ts';
import { LoadingBars } from '../ui/loading-bars.tsx';
import { ErrorNote } from '../ui/note.tsx';
import { Screen } from '../ui/screen.tsx';
import { Editor } from './editor.tsx';
import { draftOf, newDraft } from './editor-draft.ts';
import './schedules.css';
import { words } from '../words/words.ts';

const { editorPage: say } = words.schedules;

const CRUMB = { label: say.schedules, href: '#/schedules' };

/** Loads what the editor begins with; a schedule that changes meanwhile does not overwrite what is being typed. */
export const EditorPage = ({ id }: { id: string | undefined }) => {
  const jobs = useQuery('jobs.list', {});
  const list = useQuery('schedules.list', id === undefined ? null : {});
  const error = jobs.error ?? list.error;
  const title = id === undefined ? say.newSchedule : say.editSchedule;
  if (error && !jobs.data) {
    return (
      <Screen title={title} crumb={CRUMB}>
        <ErrorNote error={error} onRetry={() => (jobs.error ? jobs.reload() : list.reload())} />
      </Screen>
    );
  }
  if (!jobs.data || (id !== undefined && !list.data)) {
    return (
      <Screen title={title} crumb={CRUMB}>
        <LoadingBars rows={5} />
      </Screen>
    );
  }
  if (id === undefined) return <Editor jobs={jobs.data} draft={newDraft(jobs.data, localZone())} />;
  const row = list.data?.find(({ schedule }) => schedule.id === id);
  if (!row) {
    return (
      <Screen title={title} crumb={CRUMB}>
        <EmptyState title={say.isNotThere} reason={say.wasRemoved}>
          <ButtonLink href="#/schedules">{say.backToTheSchedules}</ButtonLink>
        </EmptyState>
      </Screen>
    );
  }
  return <Editor jobs={jobs.data} schedule={row.schedule} draft={draftOf(row.schedule, jobs.data)} />;
};
