import type { AppStatus } from '../../preload/contract/status.ts';
import { useAction } from '../client/use-action.ts';
import { useQuery } from '../client/use-query.ts';
import { Button } from '../ui/button.tsx';
import { bytes } from '../ui/format.ts';
import { LoadingBars } from '../ui/loading-bars.tsx';
import { ErrorNote } from '../ui/note.tsx';
import { useToast } from '../ui/toast.tsx';
import { number } from '../words/counting.ts';
import { words } from '../words/words.ts';
import { SettingRow } from './setting-row.tsx';

const { storage: say } = words.settings;

/** What is on disk: where, how much, and of what. The numbers are the core's, read from the disk. */
export const StorageSection = ({ status }: { status: AppStatus | undefined }) => {
  const storage = useQuery('stats.storage', {}, ['posts.changed', 'sources.changed', 'runs.removed']);
  const reveal = useAction('desktop.revealData');
  const toast = useToast();
  const show = async () => {
    const answer = await reveal.run({});
    if (!answer.ok) toast({ text: answer.error.message });
  };
  if (storage.error && !storage.data) return <ErrorNote error={storage.error} onRetry={storage.reload} />;
  if (!storage.data) return <LoadingBars rows={3} label={say.reading} />;
  const { dataDir, counts, files } = storage.data;
  const known: [string, number][] = [
    [say.posts, counts.posts],
    [say.bodies, counts.bodies],
    [say.sources, counts.sources],
    [say.runs, counts.runs],
    [say.fetchJobs, counts.fetchJobs],
    [say.hackerNewsIndex, counts.hackerNewsIndex],
  ];
  return (
    <>
      <SettingRow
        name={say.folder}
        help={
          <>
            <span className="setting-path">{dataDir}</span>
            <br />
            {say.everything(bytes(storage.data.bytes), files.length)}
          </>
        }
      >
        {() => status?.can.revealFile && <Button onClick={() => void show()}>{say.show}</Button>}
      </SettingRow>
      <dl className="storage">
        {known.map(([name, amount]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{number(amount)}</dd>
          </div>
        ))}
      </dl>
      <details className="storage-files">
        <summary>{say.files(files.length, bytes(storage.data.bytes))}</summary>
        <dl className="storage">
          {files.map((file) => (
            <div key={file.name}>
              <dt className="mono">{file.name}</dt>
              <dd>{bytes(file.bytes)}</dd>
            </div>
          ))}
        </dl>
      </details>
    </>
  );
};
