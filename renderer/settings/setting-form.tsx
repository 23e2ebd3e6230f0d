import type { FormEvent, ReactNode } from 'react';
import { Button } from '../ui/button.tsx';
import { words } from '../words/words.ts';
import { SettingRow } from './setting-row.tsx';

const { form: say } = words.settings;

/** A setting of several fields: a row that says what is set, and under it, while it is open, a form to change it. */
export const SettingForm = ({
  name,
  help,
  isSet,
  isOpen,
  isPending,
  onOpen,
  onSave,
  onRemove,
  children,
}: {
  name: string;
  help: ReactNode;
  /** There is something to change or to remove. */
  isSet: boolean;
  isOpen: boolean;
  isPending: boolean;
  onOpen: (isOpen: boolean) => void;
  onSave: () => void;
  onRemove: () => void;
  children: ReactNode;
}) => {
  const change = isSet ? say.change : say.setUp;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onSave();
  };
  return (
    <>
      <SettingRow name={name} help={help}>
        {() => (
          <span className="secret">
            <Button aria-label={say.of(change, name)} aria-expanded={isOpen} onClick={() => onOpen(!isOpen)}>
              {change}
            </Button>
            {isSet && (
              <Button aria-label={say.of(say.remove, name)} onClick={onRemove} isPending={isPending}>
                {say.remove}
              </Button>
            )}
          </span>
        )}
      </SettingRow>
      {isOpen && (
        <form className="setting-form" onSubmit={submit} noValidate aria-label={name}>
          {children}
          <div className="secret">
            <Button type="submit" look="primary" isPending={isPending}>
              {say.save}
            </Button>
            <Button onClick={() => onOpen(false)}>{say.cancel}</Button>
          </div>
        </form>
      )}
    </>
  );
};
