import type { KeyboardEvent } from 'react';
import { words } from '../words/words.ts';
import { type Default, SettingRow } from './setting-row.tsx';
import { useDraft } from './use-draft.ts';

const { address: say } = words.settings;

/** What is wrong with an address as typed; undefined when it is good. */
export const addressError = (text: string): string | undefined => {
  const address = URL.canParse(text.trim()) ? new URL(text.trim()) : undefined;
  if (!address || !/^https?:$/.test(address.protocol)) return say.wrong;
  return undefined;
};

/** A web address that takes effect when the field is left or Enter is pressed. */
export const AddressSetting = ({
  name,
  help,
  value,
  error,
  byDefault,
  onChange,
}: {
  name: string;
  help: string;
  value: string;
  error?: string | undefined;
  byDefault?: Default | undefined;
  onChange: (value: string) => void;
}) => {
  const { field, text, write, drop } = useDraft(value);
  const wrong = addressError(text) ?? error;
  const commit = () => {
    if (addressError(text)) return;
    drop();
    if (text.trim() !== value) onChange(text.trim());
  };
  const press = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.key === 'Enter') commit();
    if (event.key === 'Escape') drop();
  };
  return (
    <SettingRow name={name} help={help} error={wrong} byDefault={byDefault}>
      {({ labelledBy, describedBy }) => (
        <input
          ref={field}
          className="input setting-address"
          type="url"
          spellCheck={false}
          value={text}
          aria-labelledby={labelledBy}
          aria-describedby={describedBy}
          aria-invalid={wrong ? true : undefined}
          onChange={(event) => write(event.target.value)}
          onBlur={commit}
          onKeyDown={press}
        />
      )}
    </SettingRow>
  );
};
