import { useState } from 'react';
import type { LogLine } from '../../preload/contract/run.ts';
import { Segments } from '../ui/choices.tsx';
import { clockSeconds, timeTooltip } from '../ui/format.ts';
import { SectionHead } from '../ui/table.tsx';

const SHOWN = [
  { value: 'problems', label: 'Problems' },
  { value: 'everything', label: 'Everything' },
] as const;

/** What a run wrote down, oldest first. */
export const RunLog = ({ lines }: { lines: readonly LogLine[] }) => {
  const [show, setShow] = useState<(typeof SHOWN)[number]['value']>('everything');
  if (lines.length === 0) return null;
  const shown = show === 'problems' ? lines.filter((line) => line.level !== 'info') : lines;
  return (
    <section aria-labelledby="run-log">
      <div className="run-head">
        <SectionHead id="run-log">Log</SectionHead>
        <Segments label="Which lines" value={show} options={SHOWN} onChange={setShow} />
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by key */}
      <ol className="run-log" tabIndex={0} aria-label="Log lines">
        {shown.map((line, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a line is its place
          <li key={place}>
            <time dateTime={line.at} title={timeTooltip(line.at)}>
              {clockSeconds(line.at)}
            </time>
            <span className={`run-log-${line.level}`}>{line.level}</span>
            <span className="run-log-text">{line.message}</span>
          </li>
        ))}
        {shown.length === 0 && <li className="dim">No problems.</li>}
      </ol>
    </section>
  );
};
