import { useState } from 'react';
import type { MessageTest } from '../../preload/contract/message.ts';
import { useAction } from '../client/use-action.ts';
import { Button } from '../ui/button.tsx';
import { StatusGlyph } from '../ui/status-glyph.tsx';
import { words } from '../words/words.ts';

const { notifications: say } = words;

/** Sends a test message there, and says in words what came of it. */
export const TestMessage = ({ place, name }: { place: 'desktop' | 'webhook' | 'telegram'; name: string }) => {
  const test = useAction('messages.test');
  const [told, setTold] = useState<MessageTest>();
  const send = async () => {
    const answer = await test.run({ place });
    setTold(answer.ok ? answer.result : { ok: false, text: answer.error.message });
  };
  return (
    <div className="message-test">
      <Button aria-label={say.of(say.test, name)} onClick={() => void send()} isPending={test.isPending}>
        {test.isPending ? say.testing : say.test}
      </Button>
      <span role="status" className="sub">
        {told && !test.isPending && (
          <>
            <StatusGlyph status={told.ok ? 'completed' : 'failed'} /> {told.text}
          </>
        )}
      </span>
    </div>
  );
};
