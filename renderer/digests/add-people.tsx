import { type ChangeEvent, type FormEvent, useRef, useState } from 'react';
import type { RecipientImport } from '../../preload/contract/recipient.ts';
import { useAction } from '../client/use-action.ts';
import { Button } from '../ui/button.tsx';
import { Field } from '../ui/field.tsx';
import { ErrorNote } from '../ui/note.tsx';
import { words } from '../words/words.ts';

const { people: say } = words.digests;
const MAX_CHARS = 1_000_000;

/** Addresses, one a line, pasted or from a file. Lines that are refused stay in the field, each with its reason. */
export const AddPeople = ({ scheduleId, onAdded }: { scheduleId: string; onAdded: () => void }) => {
  const [text, setText] = useState('');
  const [wrong, setWrong] = useState<string>();
  const [told, setTold] = useState<RecipientImport>();
  const file = useRef<HTMLInputElement>(null);
  const add = useAction('recipients.import');
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setTold(undefined);
    if (text.trim() === '') return setWrong(say.empty);
    const answer = await add.run({ scheduleId, text });
    if (!answer.ok) return;
    setTold(answer.result);
    setText(answer.result.refused.map((line) => line.text).join('\n'));
    onAdded();
  };
  const read = async ({ target }: ChangeEvent<HTMLInputElement>) => {
    const [chosen] = target.files ?? [];
    target.value = '';
    if (!chosen) return;
    if (chosen.size > MAX_CHARS) return setWrong(say.tooLarge(chosen.name));
    try {
      setText(await chosen.text());
      setWrong(undefined);
    } catch {
      setWrong(say.unreadable(chosen.name));
    }
  };
  return (
    <form className="people-add" onSubmit={submit} noValidate>
      <h2 className="editor-head">{say.add}</h2>
      <Field label={say.paste} help={say.pasteHelp} error={wrong}>
        {(ids) => (
          <textarea
            {...ids}
            className="input"
            rows={6}
            spellCheck={false}
            value={text}
            onChange={(event) => {
              setWrong(undefined);
              setText(event.target.value);
            }}
          />
        )}
      </Field>
      <div className="people-buttons">
        <Button type="submit" look="primary" isPending={add.isPending}>
          {say.addThem}
        </Button>
        <Button onClick={() => file.current?.click()}>{say.file}</Button>
        <input ref={file} type="file" accept=".txt,.csv,text/plain" hidden aria-label={say.file} onChange={read} />
      </div>
      {add.error && <ErrorNote error={add.error} />}
      <div role="status">{told && <p className="people-told">{say.added(told.added, told.known)}</p>}</div>
      {told && told.refused.length > 0 && (
        <div className="people-refused" role="alert">
          <p>{say.refused(told.refused.length)}</p>
          <ul>
            {told.refused.map(({ line, text: typed, message }) => (
              <li key={line}>
                {say.line(line, typed)}
                {message}
              </li>
            ))}
          </ul>
        </div>
      )}
    </form>
  );
};
