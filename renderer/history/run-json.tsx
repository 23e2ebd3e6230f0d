import { useMemo } from 'react';
import type { RunDetail } from '../../preload/contract/run.ts';
import { saveText } from '../client/save-text.ts';
import { Button } from '../ui/button.tsx';
import { words } from '../words/words.ts';
import { useCopy } from './use-copy.ts';

const { run: say } = words.history;

/** A run and its fetch jobs as they are stored. */
export const jsonOf = ({ run, fetchJobs }: RunDetail): string => JSON.stringify({ run, fetchJobs }, null, 2);
/** Hands that to the browser as a file. */
export const saveJson = (detail: RunDetail): void => saveText(`run-${detail.run.id}.json`, jsonOf(detail), 'application/json');

/** The run as it is stored, to look at, copy or keep. */
export const RunJson = ({ detail }: { detail: RunDetail }) => {
  const copy = useCopy();
  const text = useMemo(() => jsonOf(detail), [detail]);
  return (
    <section aria-label={say.json}>
      <div className="run-json-actions">
        <Button onClick={() => void copy(text, say.theJson)}>{say.copy}</Button>
        <Button onClick={() => saveJson(detail)}>{say.download}</Button>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by key */}
      <pre className="run-json" tabIndex={0}>
        {text}
      </pre>
    </section>
  );
};
