import { BarChart } from '../ui/bar-chart.tsx';
import { ChartFigure } from '../ui/chart-figure.tsx';
import { LoadingBars } from '../ui/loading-bars.tsx';
import { words } from '../words/words.ts';
import { kept, sliderEnd } from './would-keep.ts';

const { scoreBars: say } = words.sources;

const STEPS = 20;

/** Stories by score in equal steps; the last step holds all above. */
export const toSteps = (scores: number[], end: number): { from: number; amount: number }[] => {
  const width = end / STEPS;
  const steps = Array.from({ length: STEPS }, (_, place) => ({ from: Math.round(place * width), amount: 0 }));
  for (const score of scores) {
    const step = steps[Math.min(STEPS - 1, Math.max(0, Math.floor(score / width)))];
    if (step) step.amount += 1;
  }
  return steps;
};

/** The scores of a list at this moment; what the threshold keeps is in the accent. */
export const ScoreBars = ({ scores, minScore }: { scores: number[] | undefined; minScore: number }) => {
  if (!scores) return <LoadingBars rows={3} label={say.readingTheScores} />;
  const end = sliderEnd(scores);
  const steps = toSteps(scores, end);
  return (
    <ChartFigure
      title={say.theListJustNow}
      note={say.storiesByPoints}
      finding={say.haveThePoints(kept(scores, minScore), scores.length, minScore)}
      table={{ heads: [say.pointsFrom, say.stories], rows: steps.map((step) => [step.from, step.amount]) }}
    >
      <BarChart
        bars={steps.map((step) => ({
          key: String(step.from),
          value: step.amount,
          tooltip: say.barFrom(step.from, step.amount),
          tone: step.from + end / STEPS > minScore ? 'accent' : undefined,
        }))}
        labels={[
          { at: 0, text: '0', align: 'start' },
          { at: STEPS / 2, text: String(end / 2), align: 'start' },
          { at: STEPS - 1, text: `${end}+`, align: 'end' },
        ]}
      />
    </ChartFigure>
  );
};
