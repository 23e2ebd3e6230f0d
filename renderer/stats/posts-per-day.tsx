import type { Stats } from '../../preload/contract/stats.ts';
import { go } from '../client/use-view.ts';
import { BarChart } from '../ui/bar-chart.tsx';
import { ChartFigure } from '../ui/chart-figure.tsx';
import { words } from '../words/words.ts';
import { byWeek } from './chart-math.ts';
import { dayWords, perDayFinding, shortDay } from './findings.ts';
import { postsFrom } from './to-posts.ts';

const { perDay: say } = words.stats;

/** Longer spans are drawn by the week. */
const MOST_DAYS = 92;

/** Posts of each day, or of each week of a long span, read ones in ink; the last one is today. Opening a bar lists its posts. */
export const PostsPerDay = ({ stats }: { stats: Stats }) => {
  const isByWeek = stats.perDay.length > MOST_DAYS;
  const sums = isByWeek ? byWeek(stats.perDay) : stats.perDay.map((day) => ({ ...day, days: 1 }));
  const first = sums[0];
  const today = stats.perDay.at(-1);
  const open = (place: number): void => {
    const day = sums[place];
    if (day) go(...postsFrom(day.date, day.days));
  };
  return (
    <ChartFigure
      title={isByWeek ? say.titleWeek : say.title}
      note={say.note}
      finding={perDayFinding(stats.perDay)}
      table={{ heads: say.heads, rows: stats.perDay.map((day) => [dayWords(day.date), day.posts, day.read]) }}
    >
      <BarChart
        bars={sums.map((sum, place) => ({
          key: sum.date,
          value: sum.posts,
          part: sum.read,
          tooltip: say.bar(isByWeek ? say.weekFrom(dayWords(sum.date)) : dayWords(sum.date), sum.posts, sum.read),
          tone: place === sums.length - 1 ? 'accent' : undefined,
        }))}
        labels={[
          ...(first ? [{ at: 0, text: shortDay(first.date), align: 'start' as const }] : []),
          ...(today && sums.length > 1
            ? [{ at: sums.length - 1, text: say.todaySoFar(today.posts), align: 'end' as const, isWords: true }]
            : []),
        ]}
        onOpen={open}
      />
    </ChartFigure>
  );
};
