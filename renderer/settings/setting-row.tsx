import { type ReactNode, useId } from 'react';
import { FieldError } from '../ui/field.tsx';

/** One setting: its name, what it does, the control at the right, and what is wrong with it below. */
export const SettingRow = ({
  name,
  help,
  error,
  children,
}: {
  name: string;
  help: ReactNode;
  error?: string | undefined;
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
          {help}
        </div>
        {error && <FieldError id={`${id}-error`}>{error}</FieldError>}
      </div>
      {children && (
        <div className="setting-control">
          {children({ id, labelledBy: `${id}-name`, describedBy: error ? `${id}-help ${id}-error` : `${id}-help` })}
        </div>
      )}
    </div>
  );
};
