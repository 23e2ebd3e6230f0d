import { useState } from 'react';
import type { LogLine } from '../../preload/contract/run.ts';
import { Segments } from '../ui/choices.tsx';
import { SectionHead } from '../ui/table.tsx';
import { words } from '../words/words.ts';
import { When } from './when.tsx';

const { log: say } = words.history;
const SHOWN = [
  { value: 'problems', label: say.problems },
  { value: 'everything', label: say.everything },
] as const;

/** Lines of a log, oldest first; they scroll by themselves. */
export const LogLines = ({ lines, label }: { lines: readonly LogLine[]; label: string }) => (
  // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by key
  <ol className="run-log" tabIndex={0} aria-label={label}>
    {lines.map((line, place) => (
      // biome-ignore lint/suspicious/noArrayIndexKey: a line is its place
      <li key={place}>
        <When at={line.at} hasSeconds />
        <span className={`run-log-${line.level}`}>{line.level}</span>
        <span className="run-log-text">{line.message}</span>
      </li>
    ))}
    {lines.length === 0 && <li className="dim">{say.noProblems}</li>}
  </ol>
);

/** What a run wrote down, all of it or only what went wrong. */
export const RunLog = ({ lines, isGoing }: { lines: readonly LogLine[]; isGoing: boolean }) => {
  const [show, setShow] = useState<(typeof SHOWN)[number]['value']>('everything');
  if (lines.length === 0) return <p className="run-none">{isGoing ? say.whileRunning : say.empty}</p>;
  const shown = show === 'problems' ? lines.filter((line) => line.level !== 'info') : lines;
  return (
    <section aria-labelledby="run-log">
      <div className="run-head">
        <SectionHead id="run-log">{say.head}</SectionHead>
        <Segments label={say.which} value={show} options={SHOWN} onChange={setShow} />
      </div>
      <LogLines lines={shown} label={say.lines} />
    </section>
  );
};
