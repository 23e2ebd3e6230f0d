import { useId } from 'react';
import type { Weekday } from '../../preload/contract/schedule.ts';
import { CheckBox } from './choices.tsx';
import { FieldError } from './field.tsx';
import { weekdayName, weekOrder } from './format.ts';
import { WEEKDAYS } from './trigger-form.ts';
import './editor.css';

/* The week as the region begins it. */
const weekDays = () =>
  weekOrder().flatMap((day) => {
    const value = WEEKDAYS[day - 1];
    return value ? [{ value, short: weekdayName(day), long: weekdayName(day, 'long') }] : [];
  });

/** The seven weekdays to tick. */
export const DayBoxes = ({
  label,
  days,
  error,
  onChange,
}: {
  label: string;
  days: readonly Weekday[];
  error: string | undefined;
  onChange: (days: Weekday[]) => void;
}) => {
  const id = useId();
  return (
    <fieldset className="field" aria-describedby={error ? id : undefined}>
      <legend className="field-label">{label}</legend>
      <span className="editor-days">
        {weekDays().map((day) => (
          // biome-ignore lint/a11y/noLabelWithoutControl: CheckBox holds the input
          <label key={day.value}>
            <CheckBox
              isOn={days.includes(day.value)}
              onChange={(isOn) => onChange(isOn ? [...days, day.value] : days.filter((one) => one !== day.value))}
            />
            <span aria-hidden="true">{day.short}</span>
            <span className="visually-hidden">{day.long}</span>
          </label>
        ))}
      </span>
      {error && <FieldError id={id}>{error}</FieldError>}
    </fieldset>
  );
};
