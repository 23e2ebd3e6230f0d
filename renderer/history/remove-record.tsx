import { useState } from 'react';
import type { Run } from '../../preload/contract/run.ts';
import { useAction } from '../client/use-action.ts';
import { go } from '../client/use-view.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { ErrorNote } from '../ui/note.tsx';
import { useToast } from '../ui/toast.tsx';
import { count } from '../words/counting.ts';

/** Removes the record of a run, after saying what goes with it and what stays. */
export const RemoveRecord = ({ run, fetchJobs }: { run: Run; fetchJobs: number }) => {
  const [isOpen, setIsOpen] = useState(false);
  const remove = useAction('runs.remove');
  const toast = useToast();
  const confirm = async () => {
    const answer = await remove.run({ id: run.id });
    if (!answer.ok) return;
    toast({ text: `The record of ${run.name} is removed` });
    go(['history'], {}, 'replace');
  };
  return (
    <>
      <Button look="quiet" onClick={() => setIsOpen(true)}>
        Delete record
      </Button>
      {isOpen && (
        <Dialog
          title="Delete this record?"
          onClose={() => setIsOpen(false)}
          actions={
            <>
              <Button data-safe onClick={() => setIsOpen(false)}>
                Keep record
              </Button>
              <Button look="danger" onClick={confirm} isPending={remove.isPending}>
                Delete
              </Button>
            </>
          }
        >
          <p className="mid">
            {fetchJobs > 0 ? `Its ${count(fetchJobs, 'fetch job')} ${fetchJobs === 1 ? 'goes' : 'go'} with it. ` : ''}
            Sources and posts stay.
          </p>
          {remove.error && <ErrorNote error={remove.error} />}
        </Dialog>
      )}
    </>
  );
};
