import Pin from 'lucide-react/icons/pin';
import RefreshCw from 'lucide-react/icons/refresh-cw';
import type { DomainRow } from '../../preload/contract/domain.ts';
import { viewHref } from '../client/view-state.ts';
import { Button, IconButton } from '../ui/button.tsx';
import { Popover } from '../ui/popover.tsx';
import { RelativeTime } from '../ui/relative-time.tsx';
import { Status } from '../ui/status-glyph.tsx';
import { type Column, Row, Table } from '../ui/table.tsx';
import { number } from '../words/counting.ts';
import { words } from '../words/words.ts';
import { languageWords, stepWords } from './domain-words.ts';

const { domains: say } = words;

const COLUMNS: Column[] = [
  { head: say.site },
  { head: say.status, width: 'var(--domains-status)' },
  { head: say.feeds, width: '112px' },
  { head: say.language, width: '96px', leavesNarrow: true },
  { head: say.posts, width: '56px', align: 'end' },
  { head: say.actions, width: '72px', isHeadHidden: true },
];
/** Sources by the address of their feed, to say which feeds are read already. */
export type KnownFeeds = ReadonlyMap<string, string>;
type Does = { known: KnownFeeds; onRetry: (id: string) => void; onPin: (id: string, pinned: boolean) => void };

/** Domains as a ruled table. `now` moves each second while one is being processed. */
export const DomainTable = ({ rows, now, ...does }: { rows: readonly DomainRow[]; now: number } & Does) => (
  <div className="domains">
    <Table label={say.title} columns={COLUMNS}>
      {rows.map((row) => (
        <DomainRowView key={row.domain.id} row={row} now={now} {...does} />
      ))}
    </Table>
  </div>
);

const DomainRowView = ({ row, now, known, onRetry, onPin }: { row: DomainRow; now: number } & Does) => {
  const { domain, posts } = row;
  return (
    <Row>
      <td className="row-name domains-site">
        <span className="domains-letter" aria-hidden="true">
          {[...(domain.title ?? domain.id)][0]?.toUpperCase()}
        </span>
        <span className="domains-words">
          <span className="domains-name">
            <b className="trunc" title={domain.id}>
              {domain.title ?? domain.id}
            </b>
            {domain.pinned && (
              <Pin role="img" aria-label={say.pinned} width={12} height={12} fill="currentColor" strokeWidth={1.5} />
            )}
          </span>
          <span className="sub trunc" title={domain.description}>
            {domain.title ? domain.id : ''}
            {domain.title && domain.description ? ', ' : ''}
            {domain.description}
          </span>
        </span>
      </td>
      <td>
        <State row={row} now={now} onRetry={onRetry} />
      </td>
      <td>
        <Feeds row={row} known={known} />
      </td>
      <td className="hide-narrow mid">
        {domain.language && <span title={domain.language}>{languageWords(domain.language)}</span>}
      </td>
      <td className="num mid">{number(posts)}</td>
      <td>
        <span className="domains-actions">
          {domain.status === 'completed' && (
            <IconButton
              label={say.askAgain(domain.id)}
              icon={<RefreshCw aria-hidden="true" strokeWidth={1.5} />}
              onClick={() => onRetry(domain.id)}
            />
          )}
          <IconButton
            label={domain.pinned ? say.unpin(domain.id) : say.pin(domain.id)}
            icon={<Pin aria-hidden="true" strokeWidth={1.5} fill={domain.pinned ? 'currentColor' : 'none'} />}
            aria-pressed={domain.pinned}
            onClick={() => onPin(domain.id, !domain.pinned)}
          />
        </span>
      </td>
    </Row>
  );
};

/** Glyph, word and what belongs to it: the step while it is worked on, the error and its next try, when it was done. */
const State = ({ row: { domain }, now, onRetry }: { row: DomainRow; now: number; onRetry: (id: string) => void }) => {
  if (domain.status === 'processing') return <Status status="running">{stepWords(domain, now)}</Status>;
  if (domain.status === 'completed') {
    return (
      <span className="domains-done">
        <Status status="completed">{say.statuses.completed}</Status>
        <span className="dim nowrap">
          <RelativeTime at={domain.endedAt} />
        </span>
      </span>
    );
  }
  if (domain.status === 'pending') {
    return (
      <>
        <Status status="queued">{say.statuses.pending}</Status>
        {domain.notBefore && (
          <div className="sub">
            {say.askedToWait} <RelativeTime at={domain.notBefore} kind="due" />
          </div>
        )}
      </>
    );
  }
  return (
    <>
      <span className="domains-error">
        <Status status="failed">{say.statuses.error}</Status>
        <Button look="quiet" onClick={() => onRetry(domain.id)} aria-label={say.retryNow(domain.id)}>
          {say.retry}
        </Button>
      </span>
      <div className="sub bad" title={domain.errorCode}>
        {domain.errorMessage}
      </div>
      {domain.notBefore && (
        <div className="sub">
          {say.triedAgain} <RelativeTime at={domain.notBefore} kind="due" />
        </div>
      )}
    </>
  );
};

const addHref = (url: string): string => viewHref(['sources', 'add'], { url });
type Feed = DomainRow['domain']['feeds'][number];

/** Leads to adding the feed, or to the source that it is already. */
const FeedLink = ({ feed, known, label }: { feed: Feed; known: KnownFeeds; label: string }) => {
  const sourceId = known.get(feed.url);
  return sourceId ? (
    <a className="link" href={viewHref(['sources', sourceId])}>
      {say.added}
    </a>
  ) : (
    <a className="link" href={addHref(feed.url)} aria-label={label}>
      {say.add}
    </a>
  );
};

/** One feed is added with one step; several are chosen from. */
const Feeds = ({ row: { domain }, known }: { row: DomainRow; known: KnownFeeds }) => {
  const [first, ...others] = domain.feeds;
  if (!first) return <span className="dim">{domain.status === 'completed' ? say.noneNamed : ''}</span>;
  if (others.length === 0) {
    return (
      <>
        <span className="mid">{known.has(first.url) ? say.oneFeedAnd : say.oneFeed}</span>{' '}
        <FeedLink feed={first} known={known} label={say.addFeedOf(first.title, domain.id)} />
      </>
    );
  }
  return (
    <Popover
      label={say.feedsOf(domain.id)}
      opener={(props) => (
        <button type="button" className="why" {...props}>
          {say.manyFeeds(domain.feeds.length)}
        </button>
      )}
    >
      {() => (
        <ul className="domains-feeds">
          {domain.feeds.map((feed) => (
            <li key={feed.url}>
              <span>
                {feed.title ?? feed.url}
                {feed.title && <span className="sub domains-feed">{feed.url}</span>}
              </span>
              <FeedLink feed={feed} known={known} label={say.addFeed(feed.title ?? feed.url)} />
            </li>
          ))}
        </ul>
      )}
    </Popover>
  );
};
