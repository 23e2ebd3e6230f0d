import { Fragment } from 'react';
import { words } from '../words/words.ts';
import { keyCaps } from './commands.ts';
import './key-table.css';

const { keysHelp: say } = words;

/** Keys as they are printed: *g t*, *Ctrl K*; between two ways to do the same stands *or*. */
export const KeyCaps = ({ keys }: { keys: readonly string[] }) => (
  <span className="key-caps">
    {keys.map((key, place) => (
      <Fragment key={key}>
        {place > 0 && <span className="key-or">{say.or}</span>}
        {keyCaps(key).map((cap) => (
          <kbd key={cap}>{cap}</kbd>
        ))}
      </Fragment>
    ))}
  </span>
);
