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
import { words } from '../words/words.ts';
import { useMaking } from './making.ts';
import { editionWords, madeWords, spanWords } from './top-words.ts';

const { top: say } = words;

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
          {say.madeAnd(editionWords(edition))}
        </span>
      </a>
    </li>
  );
};

const NoEditions = () => {
  const { make, isMaking } = useMaking();
  return (
    <EmptyState title={say.none} reason={say.noneWhy}>
      <Button look="primary" onClick={make} isPending={isMaking}>
        {say.makeNow}
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
      title={say.title}
      sub={list.length > 0 ? say.editions(list.length) : undefined}
      actions={
        list.length > 0 && (
          <Button onClick={make} isPending={isMaking}>
            {say.makeNow}
          </Button>
        )
      }
    >
      {editions.error && <ErrorNote error={editions.error} kept={say.kept} onRetry={editions.reload} />}
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
