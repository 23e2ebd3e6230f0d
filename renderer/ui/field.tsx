import ChevronDown from 'lucide-react/icons/chevron-down';
import { type ComponentProps, type ReactNode, useId } from 'react';
import { StatusGlyph } from './status-glyph.tsx';
import './controls.css';

/** What an input needs to be tied to its label, help and error. */
export type FieldIds = { id: string; 'aria-describedby': string | undefined; 'aria-invalid': true | undefined };

/** A label above, help and error below. The child gets the ids that tie them together. */
export const Field = ({
  label,
  help,
  error,
  children,
}: {
  label: string;
  help?: ReactNode;
  error?: string | undefined;
  children: (ids: FieldIds) => ReactNode;
}) => {
  const id = useId();
  const described = [help && `${id}-help`, error && `${id}-error`].filter(Boolean).join(' ');
  return (
    <div className="field">
      <label className="field-label" htmlFor={id}>
        {label}
      </label>
      {children({ id, 'aria-describedby': described || undefined, 'aria-invalid': error ? true : undefined })}
      {help && (
        <div className="field-help" id={`${id}-help`}>
          {help}
        </div>
      )}
      {error && <FieldError id={`${id}-error`}>{error}</FieldError>}
    </div>
  );
};

/** What is wrong with a field, said when it appears. */
export const FieldError = ({ id, children }: { id?: string; children: ReactNode }) => (
  <div className="field-error" id={id} role="alert">
    <StatusGlyph status="failed" />
    <span>{children}</span>
  </div>
);

/** One line of text. */
export const TextInput = (props: Omit<ComponentProps<'input'>, 'className'>) => (
  <input type="text" {...props} className="input" />
);

/** One of many, by the system's own list. */
export const Select = <Value extends string>({
  value,
  options,
  onChange,
  ...rest
}: Omit<ComponentProps<'select'>, 'className' | 'value' | 'onChange'> & {
  value: Value;
  options: readonly { value: Value; label: string }[];
  onChange: (value: Value) => void;
}) => (
  <span className="select">
    <select {...rest} className="input" value={value} onChange={(event) => onChange(event.target.value as Value)}>
      {options.map((option) => (
        <option key={option.value} value={option.value}>
          {option.label}
        </option>
      ))}
    </select>
    <ChevronDown />
  </span>
);

/** A number along a line. `valueText` is how a screen reader says it. */
export const Slider = ({
  value,
  min,
  max,
  step = 1,
  valueText,
  onChange,
  ...rest
}: Omit<ComponentProps<'input'>, 'className' | 'type' | 'value' | 'onChange'> & {
  value: number;
  min: number;
  max: number;
  valueText?: string;
  onChange: (value: number) => void;
}) => (
  <input
    {...rest}
    type="range"
    className="slider"
    min={min}
    max={max}
    step={step}
    value={value}
    aria-valuetext={valueText}
    style={{ '--filled': `${((value - min) / (max - min)) * 100}%` } as Record<string, string>}
    onChange={(event) => onChange(event.target.valueAsNumber)}
  />
);
