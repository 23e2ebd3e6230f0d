import type { TopEdition } from '../../preload/contract/top-list.ts';
import { useQuery } from '../client/use-query.ts';
import { viewHref } from '../client/view-state.ts';
import { Button } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { timeTooltip } from '../ui/format.ts';
import { LoadingBars } from '../ui/loading-bars.tsx';
import { ErrorNote } from '../ui/note.tsx';
import { Screen } from '../ui/screen.tsx';
import { useNow } from '../ui/use-now.ts';
import { count } from '../words/counting.ts';
import { useMaking } from './making.ts';
import { editionWords, madeWords, spanWords } from './top-words.ts';

const EditionRow = ({ edition }: { edition: TopEdition }) => {
  const now = useNow();
  return (
    <li>
      <a className="top-edition" href={viewHref(['top', edition.id])}>
        <span className="top-edition-span">{spanWords(edition, now)}</span>
        {edition.lead && <span className="top-edition-lead">{edition.lead.title || edition.lead.url}</span>}
        <span className="top-edition-note">
          <time dateTime={edition.madeAt} title={timeTooltip(edition.madeAt)}>
            {madeWords(edition)}
          </time>
          , {editionWords(edition)}
        </span>
      </a>
    </li>
  );
};

const NoEditions = () => {
  const { make, isMaking } = useMaking();
  return (
    <EmptyState
      title="No edition yet"
      reason="Every Sunday at 03:00 the ten best posts of each folder and of Hacker News are chosen and kept here, also when the posts themselves are gone."
    >
      <Button look="primary" onClick={make} isPending={isMaking}>
        Make one now
      </Button>
    </EmptyState>
  );
};

/** All editions of top posts, newest first. */
export const Editions = () => {
  const editions = useQuery('top.list', {}, ['top.changed']);
  const { make, isMaking } = useMaking();
  const list = editions.data ?? [];
  return (
    <Screen
      title="Top posts"
      sub={list.length > 0 ? count(list.length, 'edition') : undefined}
      actions={
        list.length > 0 && (
          <Button onClick={make} isPending={isMaking}>
            Make one now
          </Button>
        )
      }
    >
      {editions.error && (
        <ErrorNote error={editions.error} kept="The editions are kept, nothing is lost." onRetry={editions.reload} />
      )}
      {editions.isLoading && <LoadingBars rows={5} />}
      {editions.data && list.length === 0 && <NoEditions />}
      {list.length > 0 && (
        <ol className="top-editions">
          {list.map((edition) => (
            <EditionRow key={edition.id} edition={edition} />
          ))}
        </ol>
      )}
    </Screen>
  );
};
