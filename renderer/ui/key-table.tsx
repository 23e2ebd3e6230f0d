import { KEY_GROUPS } from './key-map.ts';
import './key-table.css';

/** Every key and what it does, in two columns. */
export const KeyTable = () => (
  <div className="keys-map">
    {KEY_GROUPS.map((group) => [
      <h3 key={group.name}>{group.name}</h3>,
      ...group.keys.map((entry) => (
        <div key={entry.words}>
          <span>{entry.words}</span>
          <span>
            {entry.keys.map((key) => (
              <kbd key={key}>{key}</kbd>
            ))}
          </span>
        </div>
      )),
    ])}
  </div>
);
