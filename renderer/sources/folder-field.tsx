import { useId } from 'react';
import type { SourceRow } from '../../preload/contract/source.ts';
import { Field, TextInput } from '../ui/field.tsx';
import { foldersIn } from './source-groups.ts';

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
    <Field label="Folder" help="Choose one, or type a new name. “/” makes a folder in a folder.">
      {(ids) => (
        <>
          <TextInput
            {...ids}
            list={id}
            placeholder="No folder"
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
