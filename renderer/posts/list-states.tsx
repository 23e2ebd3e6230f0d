import WifiOff from 'lucide-react/icons/wifi-off';
import type { SourceRow } from '../../preload/contract/source.ts';
import type { AppStatus } from '../../preload/contract/status.ts';
import { viewHref } from '../client/view-state.ts';
import { Button, ButtonLink } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { clock, dayNumber, past } from '../ui/format.ts';
import { Note } from '../ui/note.tsx';
import { words } from '../words/words.ts';
import { type EmptyFacts, emptyWords } from './empty-words.ts';
import { type PostPlace, placeHref } from './post-view.ts';

const { notes: say, empty: sayEmpty } = words.posts;

/** Bands over the list: what is wrong now, and that nothing is lost by it. */
export const ListNotes = ({ status, source }: { status: AppStatus | undefined; source: SourceRow | undefined }) => {
  const last = source?.recent.at(-1);
  const since = status?.offlineSince;
  return (
    <>
      {status?.storeProblem && (
        <Note tone="fail" title={status.storeProblem}>
          {say.storeKept}
        </Note>
      )}
      {since && (
        <Note
          tone="warn"
          icon={<WifiOff />}
          title={say.offline(dayNumber(since) === dayNumber(Date.now()) ? clock(since) : past(since, Date.now()))}
        >
          {say.offlineKept}
        </Note>
      )}
      {source && last?.status === 'failed' && !last.isBlameless && (
        <Note tone="warn" title={last.errorMessage}>
          {say.brought(source.posts)}{' '}
          <a className="link" href={viewHref(['sources'], { source: source.source.id })}>
            {say.why}
          </a>
        </Note>
      )}
    </>
  );
};

const EVERYTHING: PostPlace = { path: ['posts', 'all'], view: 'all', unreadOnly: false, search: '' };

/** A list without posts: why, and what to do next. */
export const EmptyList = ({ place, facts, onFetch }: { place: PostPlace; facts: EmptyFacts; onFetch: () => void }) => {
  const { title, reason, actions } = emptyWords(place, facts, Date.now());
  const known = {
    searchAll: <ButtonLink href={placeHref({ ...EVERYTHING, search: place.search })}>{sayEmpty.searchAll}</ButtonLink>,
    clearSearch: <ButtonLink href={placeHref({ ...place, search: '' })}>{sayEmpty.clearSearch}</ButtonLink>,
    addSource: <ButtonLink href={viewHref(['sources'], { add: '1' })}>{sayEmpty.addSource}</ButtonLink>,
    addHackerNews: <ButtonLink href={viewHref(['sources', 'add'], { kind: 'hacker-news' })}>{sayEmpty.addHackerNews}</ButtonLink>,
    showAll: <ButtonLink href={placeHref({ ...place, unreadOnly: false })}>{sayEmpty.showAll}</ButtonLink>,
    showEverything: <ButtonLink href={placeHref(EVERYTHING)}>{sayEmpty.showAll}</ButtonLink>,
    showUnread: <ButtonLink href={viewHref(['posts', 'unread'])}>{sayEmpty.showUnread(facts.unread)}</ButtonLink>,
    toSource: <ButtonLink href={viewHref(['sources', place.sourceId ?? ''])}>{sayEmpty.toSource}</ButtonLink>,
    fetch: <Button onClick={onFetch}>{sayEmpty.fetch}</Button>,
  };
  return (
    <EmptyState title={title} reason={reason}>
      {actions.map((name) => (
        <span key={name}>{known[name]}</span>
      ))}
    </EmptyState>
  );
};
