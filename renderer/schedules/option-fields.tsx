import { Switch } from '../ui/choices.tsx';
import { Field, type FieldIds, Select, TextInput } from '../ui/field.tsx';
import type { OptionField, OptionValues } from './options-form.ts';

/** A form made from a job's own description of its options. */
export const OptionFields = ({
  fields,
  values,
  wrong,
  onChange,
}: {
  fields: readonly OptionField[];
  values: OptionValues;
  wrong: { field: string; message: string } | undefined;
  onChange: (values: OptionValues) => void;
}) => (
  <>
    {fields.map((field) => (
      <Field
        key={field.name}
        label={field.label}
        help={helpOf(field)}
        error={
          wrong?.field === `options.${field.name}` || wrong?.field.startsWith(`options.${field.name}.`)
            ? wrong.message
            : undefined
        }
      >
        {(ids) => (
          <Control
            ids={ids}
            field={field}
            value={values[field.name] ?? ''}
            onChange={(value) => onChange({ ...values, [field.name]: value })}
          />
        )}
      </Field>
    ))}
  </>
);

const helpOf = (field: OptionField): string | undefined => {
  const span =
    field.min !== undefined && field.max !== undefined
      ? `${field.min.toLocaleString('en-GB')} to ${field.max.toLocaleString('en-GB')}.`
      : '';
  const lines = field.kind === 'list' ? 'One a line.' : '';
  return [field.help, span, lines].filter(Boolean).join(' ') || undefined;
};

const Control = ({
  ids,
  field,
  value,
  onChange,
}: {
  ids: FieldIds;
  field: OptionField;
  value: string | boolean;
  onChange: (value: string | boolean) => void;
}) => {
  if (field.kind === 'boolean') {
    return <Switch label={field.label} isOn={value === true} onChange={onChange} describedBy={ids['aria-describedby']} />;
  }
  const text = String(value);
  if (field.kind === 'choice') {
    const choices = (field.choices ?? []).map((choice) => ({ value: choice, label: choice }));
    const options =
      field.optional && field.fallback === undefined ? [{ value: '', label: 'As the job decides' }, ...choices] : choices;
    return <Select {...ids} value={text} options={options} onChange={onChange} />;
  }
  if (field.kind === 'list' || field.kind === 'json') {
    return (
      <textarea
        {...ids}
        className="input"
        rows={3}
        spellCheck={false}
        value={text}
        onChange={(event) => onChange(event.target.value)}
      />
    );
  }
  const isNumber = field.kind === 'integer' || field.kind === 'number';
  return (
    <TextInput
      {...ids}
      inputMode={isNumber ? (field.kind === 'integer' ? 'numeric' : 'decimal') : 'text'}
      value={text}
      placeholder={field.optional && field.fallback === undefined ? 'As the job decides' : undefined}
      onChange={(event) => onChange(event.target.value)}
    />
  );
};
