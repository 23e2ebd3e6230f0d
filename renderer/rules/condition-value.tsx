import type { SourceRow } from '../../preload/contract/source.ts';
import { useQuery } from '../client/use-query.ts';
import { Select, TextInput } from '../ui/field.tsx';
import { words } from '../words/words.ts';
import { isTextField, type Line } from './rule-draft.ts';

const { builder: say, types, help, placeholders } = words.rules;

const folderPaths = (sources: readonly SourceRow[]): string[][] => {
  const paths = new Map<string, string[]>();
  for (const { source } of sources)
    for (let depth = 1; depth <= source.folder.length; depth += 1) {
      const path = source.folder.slice(0, depth);
      paths.set(JSON.stringify(path), path);
    }
  return [...paths.values()].sort((one, other) => one.join('/').localeCompare(other.join('/')));
};

/** Choices of a list; undefined where something is written. */
const choicesFor = (line: Line, sources: readonly SourceRow[]): { value: string; label: string }[] | undefined => {
  if (line.field === 'source')
    return [{ value: '', label: say.chooseSource }, ...sources.map(({ source }) => ({ value: source.id, label: source.title }))];
  if (line.field === 'folder')
    return [
      { value: '', label: say.chooseFolder },
      ...folderPaths(sources).map((path) => ({ value: JSON.stringify(path), label: path.join(' / ') })),
    ];
  if (line.field === 'type') return Object.entries(types).map(([value, label]) => ({ value, label }));
  return undefined;
};

const LabelNames = ({ id }: { id: string }) => {
  const labels = useQuery('posts.counts', {}).data?.labels ?? [];
  return (
    <datalist id={id}>
      {labels.map(({ name }) => (
        <option key={name} value={name} />
      ))}
    </datalist>
  );
};

/** What a condition looks for: words, a number, or one of a list. */
export const ConditionValue = ({
  line,
  label,
  sources,
  errorId,
  onChange,
}: {
  line: Line;
  label: string;
  sources: readonly SourceRow[];
  errorId: string | undefined;
  onChange: (value: string) => void;
}) => {
  const choices = choicesFor(line, sources);
  const marks = { 'aria-label': label, 'aria-invalid': errorId ? true : undefined, 'aria-describedby': errorId } as const;
  if (line.field === 'enclosure') return <span />;
  if (choices) return <Select {...marks} value={line.value} options={choices} onChange={onChange} />;
  const isNumber = line.field === 'score' || line.field === 'comments';
  const listId = line.field === 'label' ? `labels-${line.key}` : undefined;
  return (
    <>
      <TextInput
        {...marks}
        value={line.value}
        maxLength={200}
        inputMode={isNumber ? 'numeric' : 'text'}
        placeholder={isTextField(line.field) ? placeholders[line.operator] : undefined}
        spellCheck={false}
        autoComplete="off"
        list={listId}
        title={isTextField(line.field) ? help[line.operator as keyof typeof help] : undefined}
        onChange={(event) => onChange(event.target.value)}
      />
      {listId && <LabelNames id={listId} />}
    </>
  );
};
