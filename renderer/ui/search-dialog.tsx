import { type FormEvent, useState } from 'react';
import { words } from '../words/words.ts';
import { Button } from './button.tsx';
import { Dialog } from './dialog.tsx';
import { Field, TextInput } from './field.tsx';

const { search: say } = words;

/** A search as it is named and written down. */
export type NamedSearch = { name: string; search: string };

/** Names a search, or changes one. `error` is what the core said to the last try. */
export const SearchDialog = ({
  title,
  first,
  error,
  isPending,
  onSave,
  onClose,
}: {
  title: string;
  first: NamedSearch;
  error: string | undefined;
  isPending: boolean;
  onSave: (search: NamedSearch) => void;
  onClose: () => void;
}) => {
  const [name, setName] = useState(first.name);
  const [search, setSearch] = useState(first.search);
  const isWhole = name.trim() !== '' && search.trim() !== '';
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (isWhole) onSave({ name: name.trim(), search: search.trim() });
  };
  return (
    <Dialog title={title} onClose={onClose}>
      <form className="search-form" onSubmit={submit}>
        <Field label={say.saved.name} error={error}>
          {(ids) => (
            <TextInput
              {...ids}
              data-safe=""
              value={name}
              maxLength={80}
              onChange={(event) => setName(event.target.value)}
              onFocus={(event) => event.target.select()}
            />
          )}
        </Field>
        <Field label={say.saved.text} help={say.saved.textHelp}>
          {(ids) => (
            <TextInput
              {...ids}
              value={search}
              maxLength={500}
              spellCheck={false}
              autoComplete="off"
              onChange={(event) => setSearch(event.target.value)}
            />
          )}
        </Field>
        <div className="dialog-actions">
          <Button onClick={onClose}>{say.saved.cancel}</Button>
          <Button type="submit" look="primary" disabled={!isWhole} isPending={isPending}>
            {say.saved.keep}
          </Button>
        </div>
      </form>
    </Dialog>
  );
};
