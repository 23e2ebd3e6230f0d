import type { Result } from '../../preload/contract/contract.ts';
import type { Source } from '../../preload/contract/source.ts';
import { useAction } from '../client/use-action.ts';
import { useQuery } from '../client/use-query.ts';
import { go } from '../client/use-view.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { ErrorNote } from '../ui/note.tsx';
import { useToast } from '../ui/toast.tsx';
import { words } from '../words/words.ts';

const { removeSource: say } = words.sources;

/** What removing takes along, in a sentence: *Its 133 posts, 2 of them starred, and its 12 fetch jobs go with it.* */
export const lossWords = ({ posts, starred, fetchJobs }: Result<'sources.removal'>): string => {
  const kept = starred > 0 ? say.ofThemStarred(starred) : '';
  const parts = [posts > 0 ? `${say.posts(posts)}${kept}` : '', fetchJobs > 0 ? say.itsFetchJobs(fetchJobs) : ''].filter(Boolean);
  if (parts.length === 0) return say.nothingGoesWithIt;
  const isOne = parts.length === 1 && (posts === 1 || (posts === 0 && fetchJobs === 1));
  const words = parts.join(' and ').replace(/^its /, '');
  return say.goesWithIt(words.replace(/,$/, ''), isOne);
};

/** Asks before a source and all that came from it goes, naming the numbers. */
export const RemoveSource = ({ source, onClose }: { source: Source; onClose: () => void }) => {
  const loss = useQuery('sources.removal', { id: source.id }, ['posts.changed', 'fetch-jobs.changed']);
  const remove = useAction('sources.remove');
  const toast = useToast();
  const confirm = async () => {
    const answer = await remove.run({ id: source.id });
    if (!answer.ok) return;
    toast({ text: say.isRemovedWith(source.title, answer.result.posts) });
    onClose();
    go(['sources'], {}, 'replace');
  };
  const error = loss.error ?? remove.error;
  return (
    <Dialog
      title={say.removeThis(source.title)}
      onClose={onClose}
      actions={
        <>
          <Button data-safe onClick={onClose}>
            {say.keepSource}
          </Button>
          <Button look="danger" onClick={confirm} isPending={remove.isPending} disabled={!loss.data}>
            {say.remove}
          </Button>
        </>
      }
    >
      <p className="mid" aria-live="polite">
        {loss.data ? lossWords(loss.data) : say.counting}
      </p>
      {!source.paused && <p className="mid">{say.pauseItInstead}</p>}
      {error && <ErrorNote error={error} kept={say.nothingWasRemoved} />}
    </Dialog>
  );
};
