import { useState } from 'react';
import type { Backup } from '../../preload/contract/backup.ts';
import { useQuery } from '../client/use-query.ts';
import { useFollow } from '../client/use-run-now.ts';
import { go } from '../client/use-view.ts';
import { Button } from '../ui/button.tsx';
import { bytes, dateTime, past } from '../ui/format.ts';
import { LoadingBars } from '../ui/loading-bars.tsx';
import { ErrorNote } from '../ui/note.tsx';
import { endedToast } from '../ui/run-toast.ts';
import { useToast } from '../ui/toast.tsx';
import { useNow } from '../ui/use-now.ts';
import { words } from '../words/words.ts';
import { BringBackupRow } from './bring-backup-row.tsx';
import { RestoreBackup } from './restore-backup.tsx';
import { SettingRow } from './setting-row.tsx';

const { backups: say } = words.settings;

/** The backups there are, one more by hand or from elsewhere, and the way back to each. */
export const BackupsSection = () => {
  const now = useNow();
  const query = useQuery('backups.list', {}, ['backups.changed']);
  const running = useQuery('runs.list', { jobKind: 'back-up', status: ['queued', 'running'], limit: 1 }, ['runs.changed']).data;
  const schedule = useQuery('schedules.list', {}, ['schedules.changed']).data?.find((row) => row.schedule.jobKind === 'back-up');
  const follow = useFollow();
  const toast = useToast();
  const [chosen, setChosen] = useState<Backup | undefined>(undefined);
  const start = async () => {
    const what = schedule ? { scheduleId: schedule.schedule.id } : { jobKind: 'back-up' };
    const answer = await follow((client) => client.request('runs.start', what));
    if (!answer.ok) return toast({ text: answer.error.message });
    const run = await answer.result.ended;
    query.reload();
    toast(endedToast(run, () => go(['history', 'run', run.id])));
  };
  if (query.error && !query.data) return <ErrorNote error={query.error} onRetry={query.reload} />;
  if (!query.data) return <LoadingBars rows={2} label={say.looking} />;
  const { backups, folder } = query.data;
  const [last] = backups;
  return (
    <>
      <SettingRow
        name={last ? say.last(past(last.at, now)) : say.none}
        help={
          <>
            {say.help} <span className="setting-path">{folder}</span>
          </>
        }
      >
        {() => (
          <Button onClick={() => void start()} isPending={(running?.rows.length ?? 0) > 0}>
            {say.now}
          </Button>
        )}
      </SettingRow>
      {backups.length > 0 && (
        <details className="storage-files">
          <summary>{say.list(backups.length)}</summary>
          <dl className="storage">
            {backups.map((backup) => (
              <div key={backup.name}>
                <dt>
                  <span className="mono">{backup.name}</span>, {dateTime(backup.at, now)}
                </dt>
                <dd>
                  {bytes(backup.bytes)}{' '}
                  <Button look="quiet" aria-label={say.restoreThis(backup.name)} onClick={() => setChosen(backup)}>
                    {say.restore}
                  </Button>
                </dd>
              </div>
            ))}
          </dl>
        </details>
      )}
      <BringBackupRow
        onBrought={(backup) => {
          query.reload();
          setChosen(backup);
        }}
      />
      {chosen && <RestoreBackup backup={chosen} onClose={() => setChosen(undefined)} />}
    </>
  );
};
