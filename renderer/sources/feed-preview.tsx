import type { FeedPreview } from '../../preload/contract/source.ts';
import { bytes, dateTime, dayAndMonth } from '../ui/format.ts';
import { LoadingBars } from '../ui/loading-bars.tsx';
import { ExactTime } from '../ui/relative-time.tsx';
import { useNow } from '../ui/use-now.ts';
import { words } from '../words/words.ts';
import { rateWords } from './discovery-words.ts';

const { feedPreview: say } = words.sources;

const DAY_MS = 86_400_000;
const shortTime = (at: string, now: number): string => {
  const age = now - Date.parse(at);
  return age >= 0 && age < DAY_MS ? dateTime(at, now) : dayAndMonth(at, now);
};
const plainAddress = (url: string): string => url.replace(/^https?:\/\/(www\.)?/, '');

/** What a feed would bring: its newest posts, how many a week, how large, and how politely it can be asked. */
export const FeedPreviewPane = ({ feed, isLooking }: { feed: FeedPreview | undefined; isLooking: boolean }) => (
  <section className="preview" aria-label={say.preview} aria-live="polite" aria-busy={isLooking || undefined}>
    {feed ? <Shown feed={feed} /> : isLooking ? <LoadingBars rows={4} label={say.lookingBehindTheAddress} /> : <Idle />}
  </section>
);

const Idle = () => (
  <div className="preview-idle">
    <p className="preview-title dim">{say.whatItWouldBring}</p>
    <p className="dim">{say.typeAnAddress}</p>
  </div>
);

const Shown = ({ feed }: { feed: FeedPreview }) => {
  const now = useNow();
  return (
    <>
      <p className="preview-head">
        <span>{say.nothingIsStoredYet}</span>
        <span className="mono trunc">{plainAddress(feed.feedUrl)}</span>
      </p>
      <h2 className="preview-title">{feed.title}</h2>
      {feed.description && <p className="mid">{feed.description.slice(0, 300)}</p>}
      <ol className="preview-posts">
        {feed.posts.map((post, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: titles may repeat; a post is its place
          <li key={place}>
            <span className="preview-post">{post.title || say.withoutATitle}</span>
            {post.publishedAt && (
              <span className="mono dim nowrap">
                <ExactTime at={post.publishedAt}>{shortTime(post.publishedAt, now)}</ExactTime>
              </span>
            )}
          </li>
        ))}
        {feed.posts.length === 0 && <li className="dim">{say.noPostsInIt}</li>}
      </ol>
      <Facts feed={feed} />
    </>
  );
};

const validatorFact = (feed: FeedPreview): [string, string] => {
  if (feed.validators.length === 0) return [say.noValidators, say.isSentWholeEachTime];
  const name = feed.validators.includes('etag') ? 'ETag' : say.lastModified;
  return [name, say.answersNotModified];
};

const Facts = ({ feed }: { feed: FeedPreview }) => {
  const facts: [string, string][] = [
    feed.perWeek === undefined
      ? [say.posts(feed.postCount), say.withoutDates]
      : [rateWords(feed.perWeek), say.postsInIt(feed.postCount)],
    [bytes(feed.bytes), say.theWholeFeed],
    validatorFact(feed),
  ];
  return (
    <dl className="preview-facts">
      {facts.map(([fact, words]) => (
        <div key={words}>
          <dt>{words}</dt>
          <dd>{fact}</dd>
        </div>
      ))}
    </dl>
  );
};
