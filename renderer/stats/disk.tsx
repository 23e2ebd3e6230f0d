import type { DiskStats } from '../../preload/contract/stats.ts';
import { useAction } from '../client/use-action.ts';
import { useQuery } from '../client/use-query.ts';
import { go } from '../client/use-view.ts';
import { Button } from '../ui/button.tsx';
import { bytes } from '../ui/format.ts';
import { LoadingBars } from '../ui/loading-bars.tsx';
import { ErrorNote } from '../ui/note.tsx';
import { Row, SectionHead, Table } from '../ui/table.tsx';
import { useToast } from '../ui/toast.tsx';
import { number } from '../words/counting.ts';
import { words } from '../words/words.ts';
import { HEAVY_GAP_MS } from './spans.ts';

const { disk: say, ranking, onlyCounted } = words.stats;

const GIGABYTE = 1e9;
const DAYS_A_MONTH = 30.4;
const MOST_COLLECTIONS = 8;
const nameOf = (name: string): string => say.names[name] ?? name;

const spanWords = (days: number): string => {
  const months = Math.round(days / DAYS_A_MONTH);
  if (months < 1) return say.lessThanAMonth;
  return months < 24 ? say.months(months) : say.years(Math.round(months / 12));
};

/** *About 1.2 MB a day, from 81 posts. At this rate 1 GB more in 27 months.* */
export const growthWords = ({ postsPerDay, bytesPerDay }: DiskStats['growth']): string =>
  bytesPerDay === 0
    ? say.still
    : say.grows(bytes(bytesPerDay), number(Math.round(postsPerDay))) + say.gigabyte(spanWords(GIGABYTE / bytesPerDay));

/** What lies on the disk: how much of what, where, how it grows, and what takes most. */
export const Disk = () => {
  const disk = useQuery('stats.disk', {}, ['posts.changed', 'runs.changed'], HEAVY_GAP_MS);
  if (disk.error && !disk.data) return <ErrorNote error={disk.error} kept={onlyCounted} onRetry={disk.reload} />;
  return (
    <>
      <section aria-labelledby="stats-disk" className="stats-part">
        <SectionHead id="stats-disk">{say.title}</SectionHead>
        {disk.data ? <Collections disk={disk.data} /> : <LoadingBars rows={4} />}
      </section>
      {disk.data && <Largest disk={disk.data} />}
    </>
  );
};

const Collections = ({ disk }: { disk: DiskStats }) => {
  const [top] = disk.collections;
  return (
    <>
      <p className="chart-finding">
        {say.finding(bytes(disk.bytes), top ? say.mostIn(nameOf(top.name).toLowerCase(), bytes(top.bytes)) : '')}
      </p>
      <Table
        label={say.title}
        stacks={false}
        columns={[
          { head: say.what },
          { head: say.rows, width: '80px', align: 'end' },
          { head: say.files, width: '64px', align: 'end' },
          { head: say.size, width: '80px', align: 'end' },
        ]}
      >
        {disk.collections.slice(0, MOST_COLLECTIONS).map((one) => (
          <Row key={one.name}>
            <td className="trunc">{nameOf(one.name)}</td>
            <td className="num">{one.rows === undefined ? '' : number(one.rows)}</td>
            <td className="num dim">{number(one.files)}</td>
            <td className="num mono">{bytes(one.bytes)}</td>
          </Row>
        ))}
      </Table>
      <Folder dataDir={disk.dataDir} />
    </>
  );
};

const Folder = ({ dataDir }: { dataDir: string }) => {
  const status = useQuery('app.status', {}).data;
  const reveal = useAction('desktop.revealData');
  const toast = useToast();
  const show = async () => {
    const answer = await reveal.run({});
    if (!answer.ok) toast({ text: answer.error.message });
  };
  return (
    <p className="stats-tools">
      <span className="sub stats-folder">{dataDir}</span>
      {status?.can.revealFile && (
        <Button look="quiet" onClick={() => void show()}>
          {say.reveal}
        </Button>
      )}
    </p>
  );
};

const Largest = ({ disk }: { disk: DiskStats }) => {
  const start = useAction('runs.start');
  const toast = useToast();
  const look = async () => {
    const answer = await start.run({ jobKind: 'clean-up', options: { dryRun: true } });
    if (!answer.ok) return toast({ text: answer.error.message });
    go(['history', 'run', answer.result.run.id]);
  };
  return (
    <section aria-labelledby="stats-growth" className="stats-part">
      <SectionHead id="stats-growth">{say.growth}</SectionHead>
      <p className="chart-finding">{growthWords(disk.growth)}</p>
      {disk.largest.length > 0 && (
        <Table
          label={say.largestLabel}
          stacks={false}
          columns={[
            { head: say.largest },
            { head: ranking.posts, width: '80px', align: 'end' },
            { head: say.size, width: '80px', align: 'end' },
          ]}
        >
          {disk.largest.map((one) => (
            <Row key={one.sourceId}>
              <td className="trunc">
                <a href={`#/sources/${one.sourceId}`}>{one.title}</a>
              </td>
              <td className="num">{number(one.posts)}</td>
              <td className="num mono">{bytes(one.bytes)}</td>
            </Row>
          ))}
        </Table>
      )}
      <p className="stats-tools">
        <Button onClick={() => void look()} isPending={start.isPending}>
          {say.cleanUp}
        </Button>
        <span className="sub">{say.cleanUpKept}</span>
      </p>
    </section>
  );
};
