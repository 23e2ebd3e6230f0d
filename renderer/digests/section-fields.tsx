import type { SourceRow } from '../../preload/contract/source.ts';
import { CheckBox } from '../ui/choices.tsx';
import { Field, FieldError, Select, TextInput } from '../ui/field.tsx';
import { words } from '../words/words.ts';
import type { SectionDraft, Wrong } from './digest-draft.ts';

const { sections: say } = words.digests;
const KINDS = (Object.keys(say.kinds) as SectionDraft['kind'][]).map((value) => ({ value, label: say.kinds[value] }));
/** Between the names of folders in one line. */
const SLASH = ' / ';

type Props = {
  section: SectionDraft;
  sources: readonly SourceRow[];
  wrong: Wrong | undefined;
  onChange: (part: Partial<SectionDraft>) => void;
};

/** Every folder, outermost first, with those it is in. */
const foldersOf = (sources: readonly SourceRow[]): string[][] => {
  const all = new Map<string, string[]>();
  for (const { source } of sources)
    for (let depth = 1; depth <= source.folder.length; depth += 1) {
      const folder = source.folder.slice(0, depth);
      all.set(JSON.stringify(folder), folder);
    }
  return [...all.values()].sort((a, b) => a.join(SLASH).localeCompare(b.join(SLASH)));
};

/** Where the posts of a section come from, how good they must be, and how many it takes. */
export const SectionFields = (props: Props) => {
  const { section, wrong, onChange } = props;
  const errorOf = (name: string) => (wrong?.field === `section.${section.key}.${name}` ? wrong.message : undefined);
  const number = (name: 'minScore' | 'maxItems', label: string, unit: string) => (
    <Field label={label} error={errorOf(name)}>
      {(ids) => (
        <span className="editor-line">
          <TextInput
            {...ids}
            inputMode="numeric"
            value={section[name]}
            onChange={(event) => onChange({ [name]: event.target.value })}
          />
          <span className="mid">{unit}</span>
        </span>
      )}
    </Field>
  );
  return (
    <div className="part-fields">
      <Field label={say.from}>
        {(ids) => <Select {...ids} value={section.kind} options={KINDS} onChange={(kind) => onChange({ kind })} />}
      </Field>
      {section.kind === 'folder' && <FolderField {...props} error={errorOf('folder')} />}
      {section.kind === 'sources' && <SourcesField {...props} error={errorOf('ids')} />}
      {number('minScore', say.points, say.pointsUnit)}
      {number('maxItems', say.cap, say.capUnit)}
      <Field label={say.titleField} help={say.titleHelp}>
        {(ids) => (
          <TextInput
            {...ids}
            value={section.title}
            maxLength={120}
            onChange={(event) => onChange({ title: event.target.value })}
          />
        )}
      </Field>
    </div>
  );
};

type WithError = Props & { error: string | undefined };

const FolderField = ({ section, sources, error, onChange }: WithError) => {
  const known = foldersOf(sources);
  const chosen = JSON.stringify(section.folder);
  const all = known.some((folder) => JSON.stringify(folder) === chosen) ? known : [section.folder, ...known];
  const options = all.map((folder) => ({ value: JSON.stringify(folder), label: folder.join(SLASH) }));
  return (
    <Field label={say.folder} error={error} help={known.length === 0 ? say.noFolders : undefined}>
      {(ids) => (
        <Select
          {...ids}
          value={chosen}
          options={options}
          onChange={(value) => onChange({ folder: JSON.parse(value) as string[] })}
        />
      )}
    </Field>
  );
};

const SourcesField = ({ section, sources, error, onChange }: WithError) => (
  <fieldset className="field">
    <legend className="field-label">{say.sourcesField}</legend>
    <ul className="part-sources">
      {sources.map(({ source }) => (
        <li key={source.id}>
          {/* biome-ignore lint/a11y/noLabelWithoutControl: CheckBox holds the input */}
          <label>
            <CheckBox
              isOn={section.ids.includes(source.id)}
              onChange={(isOn) =>
                onChange({ ids: isOn ? [...section.ids, source.id] : section.ids.filter((id) => id !== source.id) })
              }
            />
            <span>{source.title}</span>
          </label>
        </li>
      ))}
    </ul>
    {error && <FieldError>{error}</FieldError>}
  </fieldset>
);
