import type { Stats } from '../../preload/contract/stats.ts';
import { SectionHead } from '../ui/table.tsx';
import { words } from '../words/words.ts';
import { heatOf } from './chart-math.ts';
import { weekFinding } from './findings.ts';

const { heat: say } = words.stats;

/** When posts arrive: a table of local hours and weekdays, each cell as strong as its number. */
export const WeekHeat = ({ stats }: { stats: Stats }) => {
  const most = Math.max(...stats.perWeekHour.flat());
  return (
    <section aria-labelledby="stats-heat" className="stats-part">
      <SectionHead id="stats-heat">{say.title}</SectionHead>
      <p className="chart-finding">{weekFinding(stats.perHour, stats.perWeekHour)}</p>
      <table className="heat" aria-label={say.title}>
        <thead>
          <tr>
            <th scope="col">
              <span className="visually-hidden">{say.day}</span>
            </th>
            {stats.perHour.map((_posts, hour) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: an hour is its place
              <th key={hour} scope="col">
                <span className="visually-hidden">{say.hour(hour)}</span>
                {hour % 6 === 0 && <span aria-hidden="true">{String(hour).padStart(2, '0')}</span>}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {stats.perWeekHour.map((hours, day) => (
            <tr key={say.weekdays[day]}>
              <th scope="row">{say.weekdays[day]}</th>
              {hours.map((posts, hour) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: an hour is its place
                <td key={hour} className={`heat-${heatOf(posts, most)}`} title={say.cell(say.longDays[day] ?? '', hour, posts)}>
                  <span className="visually-hidden">{posts}</span>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
};
