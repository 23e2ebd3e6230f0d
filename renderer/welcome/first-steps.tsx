import X from 'lucide-react/icons/x';
import type { AppStatus } from '../../preload/contract/status.ts';
import { useAction } from '../client/use-action.ts';
import { useQuery } from '../client/use-query.ts';
import { Button, IconButton } from '../ui/button.tsx';
import { ErrorNote } from '../ui/note.tsx';
import { StatusGlyph } from '../ui/status-glyph.tsx';
import { words } from '../words/words.ts';
import { type ArrivalState, arrivalOf } from './arrival.ts';
import './first-steps.css';

const { firstSteps: say } = words.welcome;
/** So many failed sources are named; the rest are counted. */
const NAMED = 3;
const KEYS = [
  { key: 'j', words: say.keyNext },
  { key: 'k', words: say.keyBefore },
  { key: 's', words: say.keyStar },
  { key: '?', words: say.keyAll },
];

/** Above the list after the welcome: how the first fetch goes, the few keys to begin with, and where the window goes. */
export const FirstSteps = ({ status }: { status: AppStatus | undefined }) => {
  const sources = useQuery('sources.list', {}, ['sources.changed', 'posts.changed', 'fetch-jobs.changed', 'runs.changed']);
  const update = useAction('settings.update');
  return (
    <section className="notices first-steps" aria-label={say.label}>
      <div className="first-head">
        {sources.data && <Arriving state={arrivalOf(sources.data)} isOffline={status?.offlineSince !== undefined} />}
        <IconButton
          label={say.close}
          icon={<X aria-hidden="true" strokeWidth={1.5} />}
          onClick={() => void update.run({ patch: { firstSteps: false } })}
        />
      </div>
      {update.error && <ErrorNote error={update.error} />}
      <p className="first-hints dim">
        <span className="visually-hidden">{say.keys}</span>
        {KEYS.map(({ key, words: meaning }) => (
          <span key={key} className="nowrap">
            <kbd>{key}</kbd> {meaning}
          </span>
        ))}
        {status?.host === 'desktop' && <span>{say.tray}</span>}
      </p>
    </section>
  );
};

const Arriving = ({ state, isOffline }: { state: ArrivalState; isOffline: boolean }) => {
  const { all, done, posts, failed, hasBegun, isOver } = state;
  if (!hasBegun) return null;
  if (isOver && posts === 0 && failed.length > 0) return <NothingCame failed={failed} isOffline={isOffline} />;
  return (
    <div className="first-arriving">
      <p role="status">
        <b>{isOver ? say.fetched(all - failed.length, posts) : say.fetching(done, all)}</b>
        {!isOver && <span className="mid">, {say.soFar(posts)}</span>}
      </p>
      {!isOver && <progress className="first-bar" value={done} max={Math.max(1, all)} aria-label={say.fetching(done, all)} />}
      {failed.length > 0 && (
        <p className="first-failed mid">
          <StatusGlyph status="warning" />
          <span>
            <Failed failed={failed} /> {say.failedKept}
          </span>
        </p>
      )}
    </div>
  );
};

const Failed = ({ failed }: Pick<ArrivalState, 'failed'>) => (
  <>
    {failed.slice(0, NAMED).map(({ id, title, message }) => (
      <a key={id} className="link first-source" href={`#/sources/${encodeURIComponent(id)}`}>
        {say.failed(title, message)}
      </a>
    ))}
    {failed.length > NAMED && say.more(failed.length - NAMED)}
  </>
);

/** The first fetch brought nothing at all: what happened, that nothing is lost, and the way to try it again. */
const NothingCame = ({ failed, isOffline }: Pick<ArrivalState, 'failed'> & { isOffline: boolean }) => {
  const fetch = useAction('sources.fetch');
  return (
    <div className="first-arriving">
      <p role="status">
        <StatusGlyph status="warning" /> <b>{say.nothing}</b>
      </p>
      <p className="first-failed mid">
        <span>
          {!isOffline && <Failed failed={failed} />} {isOffline ? say.offline : say.nothingIsLost}
        </span>
        <Button isPending={fetch.isPending} onClick={() => void fetch.run({ ids: failed.map(({ id }) => id) })}>
          {say.tryAgain}
        </Button>
      </p>
      {fetch.error && <ErrorNote error={fetch.error} />}
    </div>
  );
};
