import { useMemo, useState } from 'react';
import type { RunDetail } from '../../preload/contract/run.ts';
import { saveText } from '../client/save-text.ts';
import { Button } from '../ui/button.tsx';
import { useCopy } from './use-copy.ts';

/** The run as it is stored, to look at, copy or keep. */
export const RunJson = ({ detail }: { detail: RunDetail }) => {
  const [isOpen, setIsOpen] = useState(false);
  const copy = useCopy();
  const text = useMemo(() => JSON.stringify(detail, null, 2), [detail]);
  return (
    <details className="run-more" open={isOpen} onToggle={(event) => setIsOpen(event.currentTarget.open)}>
      <summary>As JSON</summary>
      {isOpen && (
        <>
          <div className="run-json-actions">
            <Button onClick={() => void copy(text, 'The JSON')}>Copy</Button>
            <Button onClick={() => saveText(`run-${detail.run.id}.json`, text, 'application/json')}>Download</Button>
          </div>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by key */}
          <pre className="run-json" tabIndex={0}>
            {text}
          </pre>
        </>
      )}
    </details>
  );
};
