import type { Stats } from '../../preload/contract/stats.ts';
import { BarChart, LyingBar } from '../ui/bar-chart.tsx';
import { ChartFigure } from '../ui/chart-figure.tsx';
import { Row, SectionHead, Table } from '../ui/table.tsx';
import { count, number } from '../words/counting.ts';
import { byWeek, percentOf } from './chart-math.ts';
import {
  busiestHour,
  dayWords,
  openedFinding,
  perDayFinding,
  perHourFinding,
  scoresFinding,
  shortDay,
  stepWords,
} from './findings.ts';

/** Longer spans are drawn by the week. */
const MOST_DAYS = 92;
const SHOWN_SOURCES = 12;

/** Posts of each day, or of each week of a long span; the last one is today. */
export const PostsPerDay = ({ stats }: { stats: Stats }) => {
  const isByWeek = stats.perDay.length > MOST_DAYS;
  const sums = isByWeek ? byWeek(stats.perDay) : stats.perDay.map((day) => ({ ...day, days: 1 }));
  const first = sums[0];
  const today = stats.perDay.at(-1);
  return (
    <ChartFigure
      title={isByWeek ? 'Posts per week' : 'Posts per day'}
      finding={perDayFinding(stats.perDay)}
      table={{ heads: ['Day', 'Posts', 'Opened'], rows: stats.perDay.map((day) => [dayWords(day.date), day.posts, day.read]) }}
    >
      <BarChart
        bars={sums.map((sum, place) => ({
          key: sum.date,
          value: sum.posts,
          tooltip: `${isByWeek ? 'Week from ' : ''}${dayWords(sum.date)}: ${count(sum.posts, 'post')}`,
          tone: place === sums.length - 1 ? 'accent' : undefined,
        }))}
        labels={[
          ...(first ? [{ at: 0, text: shortDay(first.date), align: 'start' as const }] : []),
          ...(today && sums.length > 1
            ? [{ at: sums.length - 1, text: `today, ${number(today.posts)} so far`, align: 'end' as const, isWords: true }]
            : []),
        ]}
      />
    </ChartFigure>
  );
};

const hourOf = (hour: number): string => String(hour).padStart(2, '0');

/** When posts arrive, by the local hour. */
export const PostsPerHour = ({ stats }: { stats: Stats }) => {
  const busiest = busiestHour(stats.perHour);
  return (
    <ChartFigure
      title="By hour of arrival"
      finding={perHourFinding(stats.perHour)}
      table={{ heads: ['Hour', 'Posts'], rows: stats.perHour.map((posts, hour) => [`${hourOf(hour)}:00`, posts]) }}
    >
      <BarChart
        bars={stats.perHour.map((posts, hour) => ({
          key: hourOf(hour),
          value: posts,
          tooltip: `${hourOf(hour)}:00: ${count(posts, 'post')}`,
          tone: hour === busiest ? 'accent' : undefined,
        }))}
        labels={[0, 6, 12, 18].map((hour) => ({ at: hour, text: hourOf(hour) }))}
      />
    </ChartFigure>
  );
};

/** Hacker News scores in steps. */
export const Scores = ({ stats }: { stats: Stats }) => (
  <ChartFigure
    title="Scores on Hacker News"
    finding={scoresFinding(stats.scores)}
    table={{ heads: ['Points', 'Stories'], rows: stats.scores.map((step) => [stepWords(step), step.posts]) }}
  >
    <BarChart
      height={112}
      bars={stats.scores.map((step) => ({
        key: String(step.from),
        value: step.posts,
        tooltip: `${stepWords(step)} points: ${count(step.posts, 'story', 'stories')}`,
      }))}
      labels={stats.scores.map((step, place) => ({
        at: place,
        text: step.to === undefined ? `${step.from}+` : String(step.from),
      }))}
    />
  </ChartFigure>
);

/** Sources by what they brought, and how much of it was opened. */
export const BySource = ({ stats }: { stats: Stats }) => {
  const most = Math.max(0, ...stats.bySource.map((source) => source.posts));
  const shown = stats.bySource.slice(0, SHOWN_SOURCES);
  const rest = stats.bySource.length - shown.length;
  return (
    <section aria-labelledby="stats-by-source" className="stats-part">
      <SectionHead id="stats-by-source">By source, and how many you opened</SectionHead>
      <p className="chart-finding">{openedFinding(stats)}</p>
      <Table
        label="Posts by source"
        stacks={false}
        columns={[
          { head: 'Source' },
          { head: 'Share', width: '34%', isHeadHidden: true },
          { head: 'Posts', width: '64px', align: 'end' },
          { head: 'Opened', width: '72px', align: 'end' },
        ]}
      >
        {shown.map((source) => (
          <Row key={source.sourceId}>
            <td className="trunc">
              <a href={`#/sources/${source.sourceId}`}>{source.title}</a>
            </td>
            <td>
              <span className="stats-lying">
                <LyingBar value={source.posts} part={source.read} most={most} width={170} />
              </span>
            </td>
            <td className="num">{number(source.posts)}</td>
            <td className="num mid">{percentOf(source.read, source.posts)}</td>
          </Row>
        ))}
      </Table>
      {rest > 0 && <p className="sub stats-rest">and {count(rest, 'more source')}</p>}
    </section>
  );
};

/** The sites that posts link to, most first. */
export const ByDomain = ({ stats }: { stats: Stats }) => {
  const most = Math.max(0, ...stats.byDomain.map((domain) => domain.posts));
  return (
    <section aria-labelledby="stats-by-domain" className="stats-part">
      <SectionHead id="stats-by-domain">Where they link to</SectionHead>
      {stats.byDomain.length === 0 ? (
        <p className="chart-finding">No links yet.</p>
      ) : (
        <Table
          label="Posts by domain"
          stacks={false}
          columns={[
            { head: 'Domain' },
            { head: 'Share', width: '34%', isHeadHidden: true },
            { head: 'Posts', width: '64px', align: 'end' },
          ]}
        >
          {stats.byDomain.slice(0, 10).map((domain) => (
            <Row key={domain.domain}>
              <td className="trunc">{domain.domain}</td>
              <td>
                <span className="stats-lying">
                  <LyingBar value={domain.posts} most={most} width={170} />
                </span>
              </td>
              <td className="num">{number(domain.posts)}</td>
            </Row>
          ))}
        </Table>
      )}
    </section>
  );
};
