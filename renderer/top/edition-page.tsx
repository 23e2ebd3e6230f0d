import type { TopList, TopPage } from '../../preload/contract/top-list.ts';
import { useQuery } from '../client/use-query.ts';
import { viewHref } from '../client/view-state.ts';
import { ButtonLink } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { dayAndMonth, timeTooltip } from '../ui/format.ts';
import { LoadingBars } from '../ui/loading-bars.tsx';
import { ErrorNote } from '../ui/note.tsx';
import { Screen } from '../ui/screen.tsx';
import { SectionHead } from '../ui/table.tsx';
import { useNow } from '../ui/use-now.ts';
import { words } from '../words/words.ts';
import { anchorOf, consideredWords, editionWords, scopeWords, spanWords } from './top-words.ts';

const { top: say } = words;

const CRUMB = { label: say.title, href: '#/top' };
type TopPost = TopList['posts'][number];

/** In the reader while the post is kept, else on its own site. */
const Title = ({ post, isKept }: { post: TopPost; isKept: boolean }) => {
  const title = post.title || post.url || say.untitled;
  if (isKept) {
    return (
      <a href={viewHref(['posts', 'all'], { post: post.postId })} dir="auto">
        {title}
      </a>
    );
  }
  if (!/^https?:/i.test(post.url)) return <span dir="auto">{title}</span>;
  return (
    <a href={post.url} target="_blank" rel="noopener noreferrer" dir="auto">
      {title}
    </a>
  );
};

const Entry = ({ post, isKept, isNews }: { post: TopPost; isKept: boolean; isNews: boolean }) => {
  const now = useNow();
  return (
    <li className="top-entry">
      <h3 className="top-title">
        <Title post={post} isKept={isKept} />
      </h3>
      <p className="top-about">
        {!isNews && <b>{post.sourceTitle || post.domain}</b>}
        {post.domain && (isNews || post.domain !== post.sourceTitle) && <span>{post.domain}</span>}
        {post.publishedAt && (
          <time dateTime={post.publishedAt} title={timeTooltip(post.publishedAt)}>
            {dayAndMonth(post.publishedAt, now)}
          </time>
        )}
        <span className="top-why">{post.why}</span>
        {!isKept && <span>{say.notKept}</span>}
      </p>
    </li>
  );
};

const List = ({ list, kept, place }: { list: TopList; kept: ReadonlySet<string>; place: number }) => (
  <section aria-labelledby={anchorOf(place)}>
    <SectionHead id={anchorOf(place)} note={consideredWords(list)}>
      {scopeWords(list)}
    </SectionHead>
    <ol className="top-list">
      {list.posts.map((post) => (
        <Entry key={post.postId} post={post} isKept={kept.has(post.postId)} isNews={list.scope.kind === 'hacker-news'} />
      ))}
    </ol>
  </section>
);

const Edition = ({ page }: { page: TopPage }) => {
  const kept = new Set(page.kept);
  return (
    <div className="top-page">
      {page.lists.map((list, place) => (
        <List key={list.id} list={list} kept={kept} place={place} />
      ))}
    </div>
  );
};

/** One edition: the best of each folder and of Hacker News, as they were chosen. */
export const EditionPage = ({ id }: { id: string }) => {
  const now = useNow();
  const page = useQuery('top.get', { id }, ['top.changed', 'posts.changed']);
  if (page.error?.code === 'NOT_FOUND') {
    return (
      <Screen title={say.title} crumb={CRUMB}>
        <EmptyState title={say.noSuch} reason={say.noSuchWhy}>
          <ButtonLink href="#/top">{say.all}</ButtonLink>
        </EmptyState>
      </Screen>
    );
  }
  const edition = page.data?.edition;
  return (
    <Screen
      title={edition ? spanWords(edition, now) : say.title}
      documentTitle={say.title}
      crumb={CRUMB}
      sub={edition && editionWords(edition)}
    >
      {page.error && <ErrorNote error={page.error} kept={say.oneKept} onRetry={page.reload} />}
      {page.isLoading && <LoadingBars rows={8} />}
      {page.data && <Edition page={page.data} />}
    </Screen>
  );
};
