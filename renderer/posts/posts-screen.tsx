import { type KeyboardEvent, useEffect, useMemo } from 'react';
import { useAction } from '../client/use-action.ts';
import { useQuery } from '../client/use-query.ts';
import type { ViewState } from '../client/view-state.ts';
import { useTitle } from '../ui/screen.tsx';
import { SplitPanes } from '../ui/split-panes.tsx';
import { words } from '../words/words.ts';
import { ListPane } from './list-pane.tsx';
import { placeQuery, placeTitle, readPlace } from './post-view.ts';
import { Reader, ReaderEmpty } from './reader.tsx';
import { focusSearch } from './search-field.tsx';
import { placeOf, useOpening } from './use-opening.ts';
import { usePostActions } from './use-post-actions.ts';
import { usePostCommands } from './use-post-commands.ts';
import { usePosts } from './use-posts.ts';
import { useRested } from './use-rested.ts';
import { useSavedSearch } from './use-saved-search.ts';
import { useShown } from './use-shown.ts';
import './posts.css';

const { screen: say } = words.posts;

/** How wide the list is before anybody dragged it, in CSS pixels. */
const usualWidth = (): number => {
  if (innerWidth >= 1680) return 460;
  return innerWidth >= 1040 ? 384 : 318;
};

/** The list of posts and the reader beside it. */
export const PostsScreen = ({ view }: { view: ViewState }) => {
  const place = useMemo(() => readPlace(view), [view]);
  const query = useMemo(() => placeQuery(place), [place]);
  const list = usePosts(query);
  const actions = usePostActions(list.touch);
  const opening = useOpening(place, list, actions);
  const settings = useQuery('settings.get', {}, ['settings.changed']).data;
  const asked = useQuery('sources.get', place.sourceId ? { id: place.sourceId } : null, ['sources.changed', 'posts.changed']);
  const source = asked.data;
  const update = useAction('settings.update');

  const here = source?.source.id === place.sourceId ? source : undefined;
  const saved = useSavedSearch(place.searchId);
  const title = placeTitle(
    place,
    saved?.name ?? here?.source.title ?? list.rows.find((row) => row.sourceId === place.sourceId)?.sourceTitle,
  );
  const search = place.search.trim();
  const marked = [saved?.search, search].filter(Boolean).join(' ');
  const shown = useShown(marked, list.isPrevious);
  // What is searched is in the window's name when the hand rests: another process writes that name.
  const rested = useRested(search);
  useTitle(search && rested ? say.searchIn(rested, title) : title);
  const at = placeOf(list.rows, place.postId);
  // Only the row of the very post: opened from another source's list, the one of its story tells of the other post.
  const row = list.rows[at]?.id === place.postId ? list.rows[at] : undefined;
  const commands = usePostCommands(place, title, query, row, actions, opening);
  const pressInList = (event: KeyboardEvent) => {
    const moves: Record<string, () => void> = {
      ArrowDown: () => opening.step(1),
      ArrowUp: () => opening.step(-1),
      Enter: opening.openFirst,
    };
    const move = moves[event.key];
    if (!move || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    move();
  };
  useEffect(() => {
    if (view.params.find) focusSearch();
  }, [view]);

  return (
    <SplitPanes
      label={say.widthOfList}
      usual={usualWidth()}
      width={settings?.panes.posts}
      onWidth={(width) => void update.run({ patch: { panes: { ...settings?.panes, posts: width } } })}
      shows={place.postId ? 'second' : 'first'}
      first={
        <ListPane
          place={place}
          title={title}
          marked={shown}
          list={list}
          listKey={JSON.stringify(query)}
          view={view}
          source={here}
          isGone={place.sourceId !== undefined && asked.error?.code === 'NOT_FOUND'}
          isCompact={settings?.density === 'compact'}
          commands={commands}
          onOpen={opening.open}
          onKey={pressInList}
        />
      }
      second={
        <main className="reading">
          {place.postId ? (
            <Reader
              id={place.postId}
              row={row}
              search={marked}
              actions={actions}
              moves={{
                onBack: opening.close,
                onStep: opening.step,
                onNextUnread: () => void opening.stepUnread(1),
                onMarkOlder: commands.markOlder,
              }}
              place={at + 1}
              total={list.total}
            />
          ) : (
            <ReaderEmpty total={list.total} />
          )}
        </main>
      }
    />
  );
};
