import type { KeyboardEvent } from 'react';
import { words } from '../words/words.ts';
import { type Default, SettingRow } from './setting-row.tsx';
import { useDraft } from './use-draft.ts';

const { number: say } = words.settings;

/** What is wrong with a number as typed, in a sentence; undefined when it is good. */
export const numberError = (text: string, least: number, most: number, unit: string): string | undefined => {
  const value = Number(text.trim());
  if (text.trim() === '' || !Number.isInteger(value)) return say.whole(unit);
  if (value < least) return say.atLeast(least, unit);
  if (value > most) return say.atMost(most, unit);
  return undefined;
};

/** A number that takes effect when the field is left or Enter is pressed; Esc brings the old one back. */
export const NumberSetting = ({
  name,
  help,
  value,
  least,
  most,
  unit,
  error,
  byDefault,
  onChange,
}: {
  name: string;
  help: string;
  value: number;
  least: number;
  most: number;
  unit: string;
  /** What the core said against the last change. */
  error?: string | undefined;
  byDefault?: Default | undefined;
  onChange: (value: number) => void;
}) => {
  const { field, text, write, drop } = useDraft(String(value));
  const wrong = numberError(text, least, most, unit) ?? error;
  const commit = () => {
    if (numberError(text, least, most, unit)) return;
    drop();
    if (Number(text) !== value) onChange(Number(text));
  };
  const press = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.key === 'Enter') commit();
    if (event.key === 'Escape') drop();
  };
  return (
    <SettingRow name={name} help={help} error={wrong} byDefault={byDefault}>
      {({ labelledBy, describedBy }) => (
        <span className="input-affix">
          <input
            ref={field}
            className="input setting-number"
            inputMode="numeric"
            value={text}
            aria-labelledby={labelledBy}
            aria-describedby={describedBy}
            aria-invalid={wrong ? true : undefined}
            onChange={(event) => write(event.target.value)}
            onBlur={commit}
            onKeyDown={press}
          />
          <span className="dim">{unit}</span>
        </span>
      )}
    </SettingRow>
  );
};
