import { useQuery } from '../client/use-query.ts';
import { CheckBox } from '../ui/choices.tsx';
import type { FieldIds } from '../ui/field.tsx';
import { words } from '../words/words.ts';

const { sourcesOption: say } = words.schedules;

/** Sources by their names instead of their ids; none ticked means all. `value` has one id a line. */
export const SourcesOption = ({ ids, value, onChange }: { ids: FieldIds; value: string; onChange: (value: string) => void }) => {
  const sources = useQuery('sources.list', {}, ['sources.changed']).data ?? [];
  const chosen = value.split('\n').filter(Boolean);
  const toggle = (id: string, isOn: boolean) =>
    onChange((isOn ? [...chosen, id] : chosen.filter((one) => one !== id)).join('\n'));
  const sorted = sources.toSorted((a, b) => a.source.title.localeCompare(b.source.title, 'en'));
  return (
    <details className="editor-sources">
      <summary id={ids.id} aria-describedby={ids['aria-describedby']}>
        {chosen.length === 0 ? say.allSources : say.sources(chosen.length)}
      </summary>
      <ul>
        {sorted.map(({ source }) => (
          <li key={source.id}>
            {/* biome-ignore lint/a11y/noLabelWithoutControl: CheckBox holds the input */}
            <label>
              <CheckBox isOn={chosen.includes(source.id)} onChange={(isOn) => toggle(source.id, isOn)} />
              <span>{source.title}</span>
            </label>
          </li>
        ))}
      </ul>
    </details>
  );
};
