import { useClient } from '../client/client-context.tsx';
import { useProgress } from '../client/use-progress.ts';
import { useQuery } from '../client/use-query.ts';
import { Button } from '../ui/button.tsx';
import { ProgressBar } from '../ui/progress-bar.tsx';
import { words } from '../words/words.ts';

const { rules: say } = words;

/** Rules that judge the posts here at this moment, with how far they are and a way to stop. */
export const ApplyingNow = () => {
  const client = useClient();
  const status = useQuery('app.status', {}, ['runs.changed']).data;
  const progress = useProgress();
  const run = status?.running.find(({ jobKind }) => jobKind === 'apply-rules');
  if (!run) return null;
  const { done = 0, total = 0 } = progress.get(run.id)?.progress ?? {};
  return (
    <p className="rules-applying" role="status">
      <span>{run.name}</span>
      <ProgressBar done={done} total={total} label={run.name} />
      <span className="dim">{say.progress(done, total)}</span>
      <Button look="quiet" onClick={() => void client.request('runs.cancel', { id: run.id })}>
        {say.cancel}
      </Button>
    </p>
  );
};
