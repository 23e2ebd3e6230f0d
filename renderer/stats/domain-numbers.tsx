import { useQuery } from '../client/use-query.ts';
import { duration, percent } from '../ui/format.ts';
import { SectionHead } from '../ui/table.tsx';
import { number } from '../words/counting.ts';
import { words } from '../words/words.ts';
import { Facts } from './facts.tsx';

const { domains: say } = words.stats;

/** The sites posts link to, in numbers: how many are done, how long one takes, how many fail. */
export const DomainNumbers = () => {
  const stats = useQuery('domains.stats', {}, ['domains.changed', 'domains.listed']).data;
  if (!stats) return null;
  const { counts, p50Ms, p95Ms, errorRate24h } = stats;
  const all = counts.pending + counts.processing + counts.completed + counts.error;
  return (
    <section aria-labelledby="stats-domains" className="stats-part">
      <SectionHead id="stats-domains">{say.title}</SectionHead>
      <p className="chart-finding">{say.finding(all, p50Ms === undefined ? say.none : say.usually(duration(p50Ms)))}</p>
      <Facts
        facts={[
          [say.completed, number(counts.completed)],
          [say.pending, number(counts.pending)],
          [say.error, number(counts.error)],
          [say.usual, p50Ms === undefined ? '–' : duration(p50Ms)],
          [say.slow, p95Ms === undefined ? '–' : say.over(duration(p95Ms))],
          [say.failed, errorRate24h === undefined ? '–' : percent(errorRate24h)],
        ]}
      />
    </section>
  );
};
