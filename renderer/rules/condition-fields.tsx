import ChevronDown from 'lucide-react/icons/chevron-down';
import Plus from 'lucide-react/icons/plus';
import X from 'lucide-react/icons/x';
import { useEffect, useMemo, useRef } from 'react';
import { MAX_CONDITIONS } from '../../preload/contract/rule-limits.ts';
import type { SourceRow } from '../../preload/contract/source.ts';
import { Button, IconButton } from '../ui/button.tsx';
import { Segments } from '../ui/choices.tsx';
import { FieldError, Select } from '../ui/field.tsx';
import { words } from '../words/words.ts';
import { ConditionValue } from './condition-value.tsx';
import { type Draft, emptyLine, type Field, type Line, operatorsOf, type Wrong, withField } from './rule-draft.ts';

const { builder: say, fields, operators, fieldGroups } = words.rules;

const GROUPS: readonly { label: string; fields: readonly Field[] }[] = [
  { label: fieldGroups.words, fields: ['title', 'summary', 'body', 'text', 'author'] },
  { label: fieldGroups.place, fields: ['domain', 'source', 'folder'] },
  { label: fieldGroups.facts, fields: ['type', 'score', 'comments', 'label', 'enclosure'] },
];

type Change = (part: Partial<Draft>) => void;

const FieldChoice = ({ line, place, onChange }: { line: Line; place: number; onChange: (field: Field) => void }) => (
  <span className="select">
    <select
      className="input"
      aria-label={say.field(place)}
      value={line.field}
      onChange={(event) => onChange(event.target.value as Field)}
    >
      {GROUPS.map((group) => (
        <optgroup key={group.label} label={group.label}>
          {group.fields.map((field) => (
            <option key={field} value={field}>
              {fields[field]}
            </option>
          ))}
        </optgroup>
      ))}
    </select>
    <ChevronDown aria-hidden="true" />
  </span>
);

const operatorLabel = (line: Line, operator: Line['operator']): string => {
  if (line.field === 'enclosure') return operator === 'is' ? say.yes : say.no;
  return operators[operator];
};

const ConditionLine = ({
  line,
  at,
  sources,
  wrong,
  onChange,
  onRemove,
}: {
  line: Line;
  at: number;
  sources: readonly SourceRow[];
  wrong: Wrong | undefined;
  onChange: (line: Line) => void;
  onRemove: (() => void) | undefined;
}) => {
  const place = at + 1;
  const error = wrong?.field === `conditions.${at}.value` ? wrong.message : undefined;
  const errorId = `condition-${line.key}-error`;
  return (
    <li className="condition">
      <FieldChoice line={line} place={place} onChange={(field) => onChange(withField(line, field))} />
      <Select
        aria-label={say.operator(place)}
        value={line.operator}
        options={operatorsOf(line.field).map((operator) => ({ value: operator, label: operatorLabel(line, operator) }))}
        onChange={(operator) => onChange({ ...line, operator })}
      />
      <ConditionValue
        line={line}
        label={say.value(place)}
        sources={sources}
        errorId={error ? errorId : undefined}
        onChange={(value) => onChange({ ...line, value })}
      />
      <IconButton label={say.removeCondition(place)} icon={<X />} disabled={!onRemove} onClick={() => onRemove?.()} />
      {error && <FieldError id={errorId}>{error}</FieldError>}
    </li>
  );
};

/** What a rule looks for: lines of field, comparison and value. */
export const ConditionFields = ({
  draft,
  sources,
  wrong,
  onChange,
}: {
  draft: Draft;
  sources: readonly SourceRow[];
  wrong: Wrong | undefined;
  onChange: Change;
}) => {
  const list = useRef<HTMLUListElement>(null);
  const { lines } = draft;
  const put = (line: Line) => onChange({ lines: lines.map((other) => (other.key === line.key ? line : other)) });
  const focusLast = () => requestAnimationFrame(() => lastField(list.current)?.focus());
  const matches = useMemo(
    () => [
      { value: 'all' as const, label: say.all },
      { value: 'any' as const, label: say.any },
    ],
    [],
  );
  // What is to be written first has the focus; words taken from a post are selected, to be cut down.
  useEffect(() => {
    const first = list.current?.querySelector<HTMLInputElement>('input');
    first?.focus();
    first?.select();
  }, []);
  return (
    <fieldset className="builder-part">
      <legend className="editor-head">{say.when}</legend>
      {lines.length > 1 && (
        <div className="builder-match">
          <span className="mid">{say.match}</span>
          <Segments label={say.match} value={draft.match} options={matches} onChange={(match) => onChange({ match })} />
        </div>
      )}
      <ul ref={list} className="conditions">
        {lines.map((line, at) => (
          <ConditionLine
            key={line.key}
            line={line}
            at={at}
            sources={sources}
            wrong={wrong}
            onChange={put}
            onRemove={lines.length > 1 ? () => onChange({ lines: lines.filter((other) => other !== line) }) : undefined}
          />
        ))}
      </ul>
      {lines.length < MAX_CONDITIONS ? (
        <Button
          look="quiet"
          icon={<Plus />}
          onClick={() => {
            onChange({ lines: [...lines, emptyLine()] });
            focusLast();
          }}
        >
          {say.addCondition}
        </Button>
      ) : (
        <p className="dim">{say.conditionsFull}</p>
      )}
    </fieldset>
  );
};

const lastField = (list: HTMLElement | null): HTMLElement | undefined =>
  [...(list?.querySelectorAll<HTMLElement>('.condition:last-child select') ?? [])][0];
