import Check from 'lucide-react/icons/check';
import { type KeyboardEvent, useId, useState } from 'react';
import type { PostRow } from '../../preload/contract/post.ts';
import { useClient } from '../client/client-context.tsx';
import { useQuery } from '../client/use-query.ts';
import { useToast } from '../ui/toast.tsx';
import { words } from '../words/words.ts';

const { labels: say } = words.rules;
const SHOWN = 8;
const MOST = 20;

type Option = { name: string; isNew: boolean };

const plain = (text: string): string => text.toLowerCase().normalize('NFKD').replace(/\p{M}/gu, '');

/** Labels that fit what is written, those on the post first; then the one it would make. */
const optionsFor = (written: string, used: readonly string[], mine: readonly string[]): Option[] => {
  const all = [...mine, ...used.filter((name) => !mine.includes(name))];
  const found = all.filter((name) => plain(name).includes(plain(written))).slice(0, SHOWN);
  const isKnown = all.some((name) => plain(name) === plain(written));
  return [...found.map((name) => ({ name, isNew: false })), ...(written && !isKnown ? [{ name: written, isNew: true }] : [])];
};

/** Gives labels to a post and takes them: write, choose with the arrows, Enter. */
export const LabelEditor = ({ post, onClose }: { post: PostRow; onClose: () => void }) => {
  const client = useClient();
  const toast = useToast();
  const id = useId();
  const [written, setWritten] = useState('');
  const [at, setAt] = useState(0);
  const [mine, setMine] = useState<readonly string[]>(post.labels ?? []);
  const used = useQuery('posts.counts', {}, ['posts.changed']).data?.labels ?? [];
  const options = optionsFor(
    written.trim(),
    used.map(({ name }) => name),
    mine,
  );
  const chosen = Math.min(at, options.length - 1);

  const toggle = async (name: string) => {
    const isOn = mine.includes(name);
    if (!isOn && mine.length >= MOST) return toast({ text: say.full });
    const before = mine;
    setMine(isOn ? mine.filter((label) => label !== name) : [...mine, name]);
    setWritten('');
    setAt(0);
    const answer = await client.request('posts.label', { ids: [post.id], ...(isOn ? { remove: [name] } : { add: [name] }) });
    if (answer.ok) return;
    setMine(before);
    toast({ text: answer.error.message });
  };
  const press = (event: KeyboardEvent<HTMLInputElement>) => {
    const option = options[chosen];
    const moves: Record<string, (() => void) | undefined> = {
      ArrowDown: () => setAt((chosen + 1) % Math.max(1, options.length)),
      ArrowUp: () => setAt((chosen - 1 + options.length) % Math.max(1, options.length)),
      Enter: option ? () => void toggle(option.name) : onClose,
    };
    const last = mine.at(-1);
    const move = event.key === 'Backspace' && written === '' && last ? () => void toggle(last) : moves[event.key];
    if (!move) return;
    event.preventDefault();
    move();
  };
  return (
    <div className="label-editor">
      <input
        className="input"
        role="combobox"
        aria-label={say.field}
        aria-expanded={options.length > 0}
        aria-controls={`${id}-list`}
        aria-activedescendant={options[chosen] ? `${id}-${chosen}` : undefined}
        placeholder={say.placeholder}
        maxLength={40}
        value={written}
        onChange={(event) => {
          setWritten(event.target.value);
          setAt(0);
        }}
        onKeyDown={press}
      />
      <div id={`${id}-list`} role="listbox" aria-label={say.title} className="label-options">
        {options.map((option, place) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the field above has the focus and hears the keys
          <div
            key={option.name}
            id={`${id}-${place}`}
            role="option"
            tabIndex={-1}
            aria-selected={place === chosen}
            aria-checked={mine.includes(option.name)}
            className="label-option"
            onClick={() => void toggle(option.name)}
          >
            <Check aria-hidden="true" className={mine.includes(option.name) ? undefined : 'is-absent'} />
            {option.isNew ? say.make(option.name) : option.name}
          </div>
        ))}
      </div>
      <p className="field-help">{options.length === 0 ? say.none : say.help}</p>
    </div>
  );
};
