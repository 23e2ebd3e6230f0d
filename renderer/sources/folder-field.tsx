import { useId } from 'react';
import type { SourceRow } from '../../preload/contract/source.ts';
import { Field, TextInput } from '../ui/field.tsx';
import { words } from '../words/words.ts';
import { foldersIn } from './source-groups.ts';

const { folderField: say } = words.sources;

/** A folder that is there, or a new one by its name; `/` parts the levels. */
export const FolderField = ({
  value,
  rows,
  onChange,
}: {
  value: string;
  rows: SourceRow[];
  onChange: (value: string) => void;
}) => {
  const id = useId();
  return (
    <Field label={say.folder} help={say.chooseOneOrTypeAName}>
      {(ids) => (
        <>
          <TextInput
            {...ids}
            list={id}
            placeholder={say.noFolder}
            value={value}
            maxLength={400}
            onChange={(event) => onChange(event.target.value)}
          />
          <datalist id={id}>
            {foldersIn(rows).map((folder) => (
              <option key={folder} value={folder} />
            ))}
          </datalist>
        </>
      )}
    </Field>
  );
};
