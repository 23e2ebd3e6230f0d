import { words } from '../words/words.ts';
import { COMMANDS, type CommandId, type CommandPlace } from './commands.ts';
import { KeyCaps } from './key-caps.tsx';
import './key-table.css';

const { commands: say } = words;

const keysOf = (id: CommandId): string[] => [...COMMANDS[id].keys, ...(COMMANDS[id].alsoKeys ?? [])];
const commandsOf = (place: CommandPlace): CommandId[] =>
  (Object.keys(COMMANDS) as CommandId[]).filter((id) => COMMANDS[id].where === place && keysOf(id).length > 0);
const PLACES = (Object.keys(say.places) as CommandPlace[]).filter((place) => commandsOf(place).length > 0);

/** Every key and what it does, in two columns. */
export const KeyTable = () => (
  <div className="keys-map">
    {PLACES.map((place) => (
      <section key={place} aria-label={say.places[place]}>
        <h3>{say.places[place]}</h3>
        <ul>
          {commandsOf(place).map((id) => (
            <li key={id}>
              <span>{say.names[id]}</span>
              <KeyCaps keys={keysOf(id)} />
            </li>
          ))}
        </ul>
      </section>
    ))}
  </div>
);
