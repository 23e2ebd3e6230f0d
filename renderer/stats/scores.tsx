import type { Stats } from '../../preload/contract/stats.ts';
import { go } from '../client/use-view.ts';
import { BarChart } from '../ui/bar-chart.tsx';
import { ChartFigure } from '../ui/chart-figure.tsx';
import { SectionHead } from '../ui/table.tsx';
import { number } from '../words/counting.ts';
import { words } from '../words/words.ts';
import { percentOf, placeOfScore } from './chart-math.ts';
import { Facts } from './facts.tsx';
import { scoresFinding, stepWords } from './findings.ts';

const { scores: say, reading, findings } = words.stats;

/** Hacker News scores in steps, with the line from where they are kept. */
export const Scores = ({ stats }: { stats: Stats }) => {
  const threshold = stats.scoreThreshold;
  const open = (place: number): void => {
    const step = stats.scores[place];
    if (!step) return;
    const upTo = step.to === undefined ? '' : ` score<=${step.to}`;
    go(['posts', 'hacker-news'], { q: `score>=${step.from}${upTo}` });
  };
  return (
    <ChartFigure
      title={say.title}
      finding={scoresFinding(stats.scores)}
      table={{ heads: say.heads, rows: stats.scores.map((step) => [stepWords(step), step.posts]) }}
    >
      <BarChart
        height={128}
        bars={stats.scores.map((step) => ({
          key: String(step.from),
          value: step.posts,
          tooltip: say.bar(stepWords(step), step.posts),
        }))}
        labels={stats.scores.map((step, place) => ({
          at: place,
          text: step.to === undefined ? say.andMore(step.from) : String(step.from),
        }))}
        mark={
          threshold === undefined || threshold === 0
            ? undefined
            : { place: placeOfScore(threshold, stats.scores), text: say.threshold(threshold) }
        }
        onOpen={open}
      />
    </ChartFigure>
  );
};

/** How much of what came was opened and starred. */
export const Reading = ({ stats }: { stats: Stats }) => (
  <section aria-labelledby="stats-reading" className="stats-part">
    <SectionHead id="stats-reading">{reading.title}</SectionHead>
    <p className="chart-finding">
      {stats.posts === 0
        ? findings.noPosts
        : reading.finding(percentOf(stats.opened, stats.posts), percentOf(stats.starred, stats.posts))}
    </p>
    <Facts
      facts={[
        [reading.opened, number(stats.opened)],
        [reading.starred, number(stats.starred)],
        [reading.unread, number(stats.posts - stats.opened)],
      ]}
    />
  </section>
);
