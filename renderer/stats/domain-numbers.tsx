import { useQuery } from '../client/use-query.ts';
import { duration, percent } from '../ui/format.ts';
import { SectionHead } from '../ui/table.tsx';
import { count, number } from '../words/counting.ts';
import { Facts } from './work-charts.tsx';

/** The sites posts link to, in numbers: how many are done, how long one takes, how many fail. */
export const DomainNumbers = () => {
  const stats = useQuery('domains.stats', {}, ['domains.changed', 'domains.listed']).data;
  if (!stats) return null;
  const { counts, p50Ms, p95Ms, errorRate24h } = stats;
  const all = counts.pending + counts.processing + counts.completed + counts.error;
  const finding = p50Ms === undefined ? 'None was looked at yet.' : `One usually takes ${duration(p50Ms)}.`;
  return (
    <section aria-labelledby="stats-domains" className="stats-part">
      <SectionHead id="stats-domains">Domains</SectionHead>
      <p className="chart-finding">
        {count(all, 'site')} your posts link to. {finding}
      </p>
      <Facts
        facts={[
          ['Completed', number(counts.completed)],
          ['Pending', number(counts.pending)],
          ['Error', number(counts.error)],
          ['Usual time for one', p50Ms === undefined ? '–' : duration(p50Ms)],
          ['Slowest 5 %', p95Ms === undefined ? '–' : `over ${duration(p95Ms)}`],
          ['Failed in the last 24 h', errorRate24h === undefined ? '–' : percent(errorRate24h)],
        ]}
      />
    </section>
  );
};
