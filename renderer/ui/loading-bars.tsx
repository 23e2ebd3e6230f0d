import { words } from '../words/words.ts';
import './states.css';

const { parts: say } = words;

const WIDTHS = [82, 64, 74, 58, 69, 77];

/** Grey bars in the place of what is still coming; seen only after 300 ms. */
export const LoadingBars = ({ rows = 4, label = say.loading }: { rows?: number; label?: string }) => (
  <div className="bars" role="status" aria-label={label}>
    {Array.from({ length: rows }, (_, row) => (
      // biome-ignore lint/suspicious/noArrayIndexKey: bars are all alike
      <div key={row}>
        <span className="bar" style={{ width: `${WIDTHS[row % WIDTHS.length]}%` }} />
        <span className="bar bar-short" style={{ width: `${(WIDTHS[(row + 3) % WIDTHS.length] ?? 60) / 2}%` }} />
      </div>
    ))}
  </div>
);
