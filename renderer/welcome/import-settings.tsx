import SlidersHorizontal from 'lucide-react/icons/sliders-horizontal';
import { type ChangeEvent, useRef, useState } from 'react';
import { useAction } from '../client/use-action.ts';
import { words } from '../words/words.ts';

const { importSettings: say } = words.welcome;

/** Takes settings over from a file of another Tidings. */
export const ImportSettings = () => {
  const input = useRef<HTMLInputElement>(null);
  const load = useAction('settings.import');
  const [text, setText] = useState<string>(say.help);
  const read = async (event: ChangeEvent<HTMLInputElement>) => {
    const file = event.target.files?.[0];
    event.target.value = '';
    if (!file) return;
    const answer = await load.run({ text: await file.text() });
    setText(answer.ok ? say.taken(answer.result.changed.length) : answer.error.message);
  };
  return (
    <button type="button" className="welcome-import" aria-busy={load.isPending} onClick={() => input.current?.click()}>
      <SlidersHorizontal />
      <span>
        <b>{say.name}</b>
        <span className="dim" role="status">
          {text}
        </span>
      </span>
      <input
        ref={input}
        type="file"
        accept=".json,application/json"
        hidden
        onClick={(event) => event.stopPropagation()}
        onChange={(event) => void read(event)}
      />
    </button>
  );
};
