import Check from 'lucide-react/icons/check';
import { type ReactNode, useId } from 'react';
import './controls.css';

/** On or off, at once. `label` names it where no visible text does. */
export const Switch = ({
  isOn,
  onChange,
  label,
  describedBy,
  disabled,
}: {
  isOn: boolean;
  onChange: (isOn: boolean) => void;
  label: string;
  describedBy?: string | undefined;
  disabled?: boolean;
}) => (
  <button
    type="button"
    role="switch"
    className="switch"
    aria-checked={isOn}
    aria-label={label}
    aria-describedby={describedBy}
    disabled={disabled}
    onClick={() => onChange(!isOn)}
  />
);

/** One of a few, all of them seen. */
export const Segments = <Value extends string>({
  label,
  value,
  options,
  onChange,
}: {
  label: string;
  value: Value;
  options: readonly { value: Value; label: string }[];
  onChange: (value: Value) => void;
}) => {
  const name = useId();
  return (
    <fieldset className="segments" aria-label={label}>
      {options.map((option) => (
        <label key={option.value} className="segment">
          <input
            type="radio"
            name={name}
            value={option.value}
            checked={option.value === value}
            onChange={() => onChange(option.value)}
          />
          {option.label}
        </label>
      ))}
    </fieldset>
  );
};

/** A filter that is on or off. */
export const Chip = ({ isOn, onToggle, children }: { isOn: boolean; onToggle: () => void; children: ReactNode }) => (
  <button type="button" className="chip" aria-pressed={isOn} onClick={onToggle}>
    {children}
  </button>
);

/** A tick box. Name it with a `<label>` around it, or with `label`. */
export const CheckBox = ({
  isOn,
  onChange,
  label,
  disabled,
}: {
  isOn: boolean;
  onChange: (isOn: boolean) => void;
  label?: string;
  disabled?: boolean;
}) => (
  <span className="check">
    <input
      type="checkbox"
      checked={isOn}
      disabled={disabled}
      aria-label={label}
      onChange={(event) => onChange(event.target.checked)}
    />
    <Check />
  </span>
);
