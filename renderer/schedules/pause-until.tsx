import { useState } from 'react';
import type { Schedule } from '../../preload/contract/schedule.ts';
import { useAction } from '../client/use-action.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Field, TextInput } from '../ui/field.tsx';
import { useToast } from '../ui/toast.tsx';
import { words } from '../words/words.ts';
import { pausedWords } from './health.tsx';
import { readUntil, tomorrowMorning } from './pause-times.ts';

const { pauseUntil: say } = words.schedules;

/** Pauses a schedule until a day and time of this computer's clock. */
export const PauseUntil = ({ schedule, onClose }: { schedule: Schedule; onClose: () => void }) => {
  const [text, setText] = useState(() => tomorrowMorning(Date.now()));
  const [problem, setProblem] = useState<string>();
  const pause = useAction('schedules.pause');
  const toast = useToast();
  const confirm = async () => {
    const read = readUntil(text, Date.now());
    if ('message' in read) return setProblem(read.message);
    const answer = await pause.run({ id: schedule.id, until: read.until });
    if (!answer.ok) return setProblem(answer.error.message);
    toast({ text: `${schedule.name}: ${pausedWords(read.until).toLowerCase()}` });
    onClose();
  };
  return (
    <Dialog
      title={say.pauseThis(schedule.name)}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{say.cancel}</Button>
          <Button look="primary" onClick={confirm} isPending={pause.isPending}>
            {say.pause}
          </Button>
        </>
      }
    >
      <Field label={say.until} help={say.untilHelp} error={problem}>
        {(ids) => (
          <TextInput
            {...ids}
            data-safe
            type="datetime-local"
            value={text}
            onChange={(event) => {
              setProblem(undefined);
              setText(event.target.value);
            }}
          />
        )}
      </Field>
    </Dialog>
  );
};
