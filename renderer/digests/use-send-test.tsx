import { type FormEvent, type ReactNode, useState } from 'react';
import type { DigestRow } from '../../preload/contract/digest.ts';
import { useAction } from '../client/use-action.ts';
import { go } from '../client/use-view.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Field, TextInput } from '../ui/field.tsx';
import { ErrorNote } from '../ui/note.tsx';
import { words } from '../words/words.ts';
import { MailBand } from './mail-band.tsx';

const { test: say } = words.digests;
/** Where the address for tests is remembered, in this browser. */
const REMEMBERED = 'tidings.digest-test-to';
const looksLikeOne = (text: string): boolean => /^[^\s@,;<>]+@[^\s@,;<>]+$/.test(text);

type DialogProps = { digest: DigestRow; isChanged: boolean; onClose: () => void };

const TestDialog = ({ digest, isChanged, onClose }: DialogProps) => {
  const [to, setTo] = useState(() => digest.options.testTo ?? localStorage.getItem(REMEMBERED) ?? '');
  const [wrong, setWrong] = useState<string>();
  const send = useAction('digests.sendTest');
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const address = to.trim();
    if (!looksLikeOne(address)) return setWrong(say.wrong);
    localStorage.setItem(REMEMBERED, address);
    const answer = await send.run({ scheduleId: digest.row.schedule.id, to: address });
    if (!answer.ok) return setWrong(answer.error.field ? answer.error.message : undefined);
    onClose();
    go(['history', 'run', answer.result.run.id]);
  };
  return (
    <Dialog
      title={say.title}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{say.cancel}</Button>
          <Button look="primary" type="submit" form="digest-test" isPending={send.isPending}>
            {say.send}
          </Button>
        </>
      }
    >
      <form id="digest-test" className="digest-test" onSubmit={submit} noValidate>
        <p className="mid">
          {say.what} {isChanged && say.asSaved}
        </p>
        <MailBand isWanted />
        <Field label={say.address} error={wrong}>
          {(ids) => (
            <TextInput
              {...ids}
              type="email"
              data-safe
              autoComplete="email"
              spellCheck={false}
              value={to}
              onChange={(event) => {
                setWrong(undefined);
                setTo(event.target.value);
              }}
            />
          )}
        </Field>
        {send.error && !wrong && <ErrorNote error={send.error} />}
      </form>
    </Dialog>
  );
};

/** *Send a test to me*: asks where to, once, and goes to the live run. */
export const useSendTest = (digest: DigestRow | undefined, isChanged = false): { ask: () => void; dialog: ReactNode } => {
  const [isOpen, setIsOpen] = useState(false);
  return {
    ask: () => setIsOpen(true),
    dialog: isOpen && digest ? <TestDialog digest={digest} isChanged={isChanged} onClose={() => setIsOpen(false)} /> : null,
  };
};
