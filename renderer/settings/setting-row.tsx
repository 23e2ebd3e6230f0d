import RotateCcw from 'lucide-react/icons/rotate-ccw';
import { type ReactNode, useId } from 'react';
import { FieldError } from '../ui/field.tsx';
import { words } from '../words/words.ts';

const { row: say } = words.settings;

/** What a setting is when nobody has changed it, in words, and the way back to it where it was changed. */
export type Default = { words: string; isChanged: boolean; reset: () => void };

/** One setting: its name, what it does, the control at the right, and what is wrong with it below. */
export const SettingRow = ({
  name,
  help,
  error,
  byDefault,
  children,
}: {
  name: string;
  help: ReactNode;
  error?: string | undefined;
  byDefault?: Default | undefined;
  children?: (ids: { id: string; labelledBy: string; describedBy: string }) => ReactNode;
}) => {
  const id = useId();
  return (
    <div className="setting">
      <div className="setting-words">
        <div className="setting-name" id={`${id}-name`}>
          {name}
        </div>
        <div className="sub" id={`${id}-help`}>
          {help} {byDefault && <span className="setting-default">{say.byDefault(byDefault.words)}</span>}
        </div>
        {error && <FieldError id={`${id}-error`}>{error}</FieldError>}
        {byDefault?.isChanged && (
          <button
            type="button"
            className="setting-reset"
            aria-label={say.backToDefaultOf(name, byDefault.words)}
            onClick={byDefault.reset}
          >
            <RotateCcw aria-hidden="true" />
            {say.backToDefault}
          </button>
        )}
      </div>
      {children && (
        <div className="setting-control">
          {children({ id, labelledBy: `${id}-name`, describedBy: [`${id}-help`, ...(error ? [`${id}-error`] : [])].join(' ') })}
        </div>
      )}
    </div>
  );
};
