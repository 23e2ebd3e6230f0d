import type { Result } from '../../preload/contract/contract.ts';
import type { Source } from '../../preload/contract/source.ts';
import { useAction } from '../client/use-action.ts';
import { useQuery } from '../client/use-query.ts';
import { go } from '../client/use-view.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { ErrorNote } from '../ui/note.tsx';
import { useToast } from '../ui/toast.tsx';
import { count, number } from '../words/counting.ts';

/** What removing takes along, in a sentence: *Its 133 posts, 2 of them starred, and its 12 fetch jobs go with it.* */
export const lossWords = ({ posts, starred, fetchJobs }: Result<'sources.removal'>): string => {
  const kept = starred > 0 ? `, ${number(starred)} of them starred,` : '';
  const parts = [
    posts > 0 ? `${count(posts, 'post')}${kept}` : '',
    fetchJobs > 0 ? `its ${count(fetchJobs, 'fetch job')}` : '',
  ].filter(Boolean);
  if (parts.length === 0) return 'It has no posts and was never fetched.';
  const isOne = parts.length === 1 && (posts === 1 || (posts === 0 && fetchJobs === 1));
  const words = parts.join(' and ').replace(/^its /, '');
  return `Its ${words.replace(/,$/, '')} ${isOne ? 'goes' : 'go'} with it. This cannot be undone.`;
};

/** Asks before a source and all that came from it goes, naming the numbers. */
export const RemoveSource = ({ source, onClose }: { source: Source; onClose: () => void }) => {
  const loss = useQuery('sources.removal', { id: source.id }, ['posts.changed', 'fetch-jobs.changed']);
  const remove = useAction('sources.remove');
  const toast = useToast();
  const confirm = async () => {
    const answer = await remove.run({ id: source.id });
    if (!answer.ok) return;
    toast({ text: `${source.title} is removed, with ${count(answer.result.posts, 'post')}` });
    onClose();
    go(['sources'], {}, 'replace');
  };
  const error = loss.error ?? remove.error;
  return (
    <Dialog
      title={`Remove ${source.title}?`}
      onClose={onClose}
      actions={
        <>
          <Button data-safe onClick={onClose}>
            Keep source
          </Button>
          <Button look="danger" onClick={confirm} isPending={remove.isPending} disabled={!loss.data}>
            Remove
          </Button>
        </>
      }
    >
      <p className="mid" aria-live="polite">
        {loss.data ? lossWords(loss.data) : 'Counting what would go with it.'}
      </p>
      {!source.paused && <p className="mid">To keep its posts and only stop fetching, pause it instead.</p>}
      {error && <ErrorNote error={error} kept="Nothing was removed." />}
    </Dialog>
  );
};
