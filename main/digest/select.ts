import type { DigestOptions, DigestSection } from '../../preload/contract/digest.ts';
import type { Post } from '../../preload/contract/post.ts';
import type { Source } from '../../preload/contract/source.ts';
import { belongs, isNewlyStarred, isRecent, type Span, scoreAt, wasBelow } from './fitting.ts';
import { type Candidate, type Ranked, rank, takeBest } from './ranking.ts';
import { linkKey, type Story, toStories } from './stories.ts';

/** What an edition is chosen from. */
export type Choice = {
  /** In any order; what lies outside the span is passed over. */
  posts: Iterable<Post>;
  sources: ReadonlyMap<string, Source>;
  options: Pick<DigestOptions, 'sections' | 'maxItems' | 'maxPerDomain' | 'allowRepeats'>;
  span: Span;
  /** What earlier editions had: posts by id, stories by `linkKey`. */
  earlier: { ids: ReadonlySet<string>; links: ReadonlySet<string> };
  /** Whether a rule hides the post. */
  isMuted: (postId: string) => boolean;
};

export type Chosen = Ranked & { section: number };
export type Selection = {
  /** In the order of the edition. */
  items: Chosen[];
  /** For each section, the stories that fitted and that no section had room for. */
  more: number[];
  /** All of those, each counted once. */
  moreInAll: number;
  /** Posts of the time it is about, points aside. */
  considered: number;
  /** Ids of posts that had too few points for a section; they may get in later. Newest first. */
  below: string[];
  /** Ids of starred posts; undefined when no section asks. Newest first. */
  starred: string[] | undefined;
};

/** The most ids that an edition leaves for the next one. */
const MAX_LEFT = 2000;

const isShown = (post: Post, { sources, isMuted }: Choice): boolean =>
  !post.hn?.isDead && sources.get(post.sourceId)?.muted !== true && !isMuted(post.id);

const wasEarlier = (story: Story, { earlier, options }: Choice): boolean =>
  !options.allowRepeats && story.posts.some((post) => earlier.ids.has(post.id) || earlier.links.has(linkKey(post)));

const reaches = (section: DigestSection, post: Post, toMs: number): boolean =>
  section.minScore === undefined || (scoreAt(post, toMs)?.score ?? Number.POSITIVE_INFINITY) >= section.minScore;

const isInTime = (section: DigestSection, post: Post, span: Span): boolean =>
  section.from.kind === 'starred' ? isNewlyStarred(post, span) : isRecent(post, span) || wasBelow(post, span);

/** The story as this section would show it: by its first post that fits. */
const candidateFor = (section: DigestSection, story: Story, index: number, choice: Choice): Candidate | undefined => {
  const { span, sources } = choice;
  const post = story.posts.find(
    (each) =>
      belongs(section, each, sources.get(each.sourceId)) && isInTime(section, each, span) && reaches(section, each, span.toMs),
  );
  if (!post) return undefined;
  const scores = story.posts.flatMap((each) => scoreAt(each, span.toMs) ?? []);
  const best = scores.toSorted((a, b) => b.score - a.score)[0];
  return {
    story: index,
    post,
    sources: story.sources.size,
    ...(best ? { score: best.score, commentCount: best.commentCount } : {}),
    isStarred: story.posts.some(({ isStarred }) => isStarred),
    isLate: !isRecent(post, span) && wasBelow(post, span),
  };
};

/** Posts that only lack points. */
const belowIn = (stories: readonly Story[], { options, sources, span }: Choice): string[] => {
  const asking = options.sections.filter(({ minScore }) => minScore !== undefined);
  const posts = stories.flatMap((story) => story.posts).filter((post) => post.hn);
  const below = posts.filter((post) =>
    asking.some(
      (section) =>
        belongs(section, post, sources.get(post.sourceId)) && isInTime(section, post, span) && !reaches(section, post, span.toMs),
    ),
  );
  return newestIds(below);
};

const newestIds = (posts: readonly Post[]): string[] =>
  posts
    .toSorted((a, b) => (a.collectedAt === b.collectedAt ? (a.id < b.id ? 1 : -1) : a.collectedAt < b.collectedAt ? 1 : -1))
    .slice(0, MAX_LEFT)
    .map(({ id }) => id);

type Taking = { items: Chosen[]; taken: Set<number>; perDomain: Map<string, number> };

const takeSection = (choice: Choice, candidates: readonly Candidate[], section: number, taking: Taking): void => {
  const { options, span } = choice;
  const wanted = options.sections[section] as DigestSection;
  const isScored = wanted.from.kind === 'hacker-news';
  const room = Math.min(wanted.maxItems ?? options.maxItems, options.maxItems - taking.items.length);
  const inDomain = ({ post }: Ranked): number => taking.perDomain.get(post.domain) ?? 0;
  const isFull = (one: Ranked): boolean =>
    one.post.domain !== '' && options.maxPerDomain !== null && inDomain(one) >= options.maxPerDomain;
  const chosen = takeBest(rank(candidates, span, isScored), room, {
    isFair: !isScored,
    mayTake: (one) => !taking.taken.has(one.story) && !isFull(one),
    onTake: (one) => {
      taking.taken.add(one.story);
      taking.perDomain.set(one.post.domain, inDomain(one) + 1);
    },
  });
  taking.items.push(...chosen.map((one) => ({ ...one, section })));
};

/** What an edition holds. The same choice gives the same selection, in whatever order its posts are handed in. */
export const select = (choice: Choice): Selection => {
  const { options, span } = choice;
  const posts = [...choice.posts].filter((post) => Date.parse(post.collectedAt) <= span.toMs && isShown(post, choice));
  const stories = toStories(posts).filter((story) => !wasEarlier(story, choice));
  const bySection = options.sections.map((section) =>
    stories.flatMap((story, index) => candidateFor(section, story, index, choice) ?? []),
  );
  const taking: Taking = { items: [], taken: new Set(), perDomain: new Map() };
  for (const [index, candidates] of bySection.entries()) takeSection(choice, candidates, index, taking);
  const left = bySection.map((candidates) => candidates.map(({ story }) => story).filter((story) => !taking.taken.has(story)));
  const wantsStars = options.sections.some(({ from }) => from.kind === 'starred');
  return {
    items: taking.items,
    more: left.map((stories) => stories.length),
    moreInAll: new Set(left.flat()).size,
    considered: posts.filter((post) => isRecent(post, span)).length,
    below: belowIn(stories, choice),
    starred: wantsStars ? newestIds(posts.filter(({ isStarred }) => isStarred)) : undefined,
  };
};
