import ArrowLeft from 'lucide-react/icons/arrow-left';
import CheckCheck from 'lucide-react/icons/check-check';
import ChevronDown from 'lucide-react/icons/chevron-down';
import ChevronUp from 'lucide-react/icons/chevron-up';
import CircleDot from 'lucide-react/icons/circle-dot';
import Copy from 'lucide-react/icons/copy';
import Ellipsis from 'lucide-react/icons/ellipsis';
import ExternalLink from 'lucide-react/icons/external-link';
import FileCode from 'lucide-react/icons/file-code';
import FileText from 'lucide-react/icons/file-text';
import History from 'lucide-react/icons/history';
import MessageSquare from 'lucide-react/icons/message-square';
import Star from 'lucide-react/icons/star';
import UserPlus from 'lucide-react/icons/user-plus';
import type { FollowedAuthor } from '../../preload/contract/gap-map.ts';
import type { PostRow } from '../../preload/contract/post.ts';
import { useQuery } from '../client/use-query.ts';
import { go } from '../client/use-view.ts';
import { Button, IconButton } from '../ui/button.tsx';
import { Menu, type MenuItem } from '../ui/menu.tsx';
import { number } from '../words/counting.ts';
import { commentsUrl } from './reading.ts';
import type { PostActions } from './use-post-actions.ts';

/** What the reader can do beside the post itself. */
export type ReaderMoves = { onBack: () => void; onStep: (by: 1 | -1) => void; onMarkOlder: () => void };

const isFollowed = ({ author, hn, sourceId }: PostRow, followed: readonly FollowedAuthor[]): boolean =>
  followed.some(
    ({ name, on }) =>
      name.toLowerCase() === author?.trim().toLowerCase() && (on.kind === 'source' ? on.sourceId === sourceId : hn !== undefined),
  );

/** Nothing where the post names no author. */
const followItem = (post: PostRow, actions: PostActions, followed: readonly FollowedAuthor[]): MenuItem[] => {
  if (!post.author?.trim()) return [];
  const name = post.author.length > 40 ? 'this author' : post.author;
  return isFollowed(post, followed)
    ? [{ label: `You follow ${name}`, icon: <UserPlus />, onChoose: () => go(['sources', 'series']) }]
    : [{ label: `Follow ${name}`, icon: <UserPlus />, onChoose: () => actions.follow(post) }];
};

const menuItems = (post: PostRow, actions: PostActions, moves: ReaderMoves, followed: readonly FollowedAuthor[]): MenuItem[] => {
  const comments = commentsUrl(post);
  const { runId } = post;
  return [
    { label: 'Open page', icon: <ExternalLink />, keys: 'v', disabled: !post.url, onChoose: () => actions.openPage(post.url) },
    {
      label: post.isExtracted ? 'Show what the feed gave' : 'Read the article here',
      icon: <FileText />,
      keys: 'd',
      disabled: !post.url,
      onChoose: () => actions.toggleArticle(post),
    },
    { label: 'Copy as Markdown', icon: <FileCode />, onChoose: () => actions.copyMarkdown(post) },
    { label: 'Copy link', icon: <Copy />, disabled: !post.url, onChoose: () => actions.copyLink(post.url) },
    {
      label: 'Open comments',
      icon: <MessageSquare />,
      keys: 'c',
      disabled: !comments,
      onChoose: () => comments && actions.openPage(comments),
    },
    { kind: 'rule' },
    ...followItem(post, actions, followed),
    { label: 'Mark older as read', icon: <CheckCheck />, keys: 'O', onChoose: moves.onMarkOlder },
    {
      label: 'Show the run that brought it',
      icon: <History />,
      disabled: !runId,
      onChoose: () => runId && go(['history', 'run', runId]),
    },
  ];
};

/** The line of buttons over a post. */
export const ReaderBar = ({
  post,
  actions,
  moves,
  place,
  total,
}: {
  post: PostRow;
  actions: PostActions;
  moves: ReaderMoves;
  /** From 1; 0 when the post is not in the list. */
  place: number;
  total: number;
}) => {
  const followed = useQuery('authors.list', {}, ['gaps.changed']).data ?? [];
  return (
    <div className="reader-bar" role="toolbar" aria-label="This post">
      <span className="reader-back">
        <IconButton label="Back to the list" keys="Esc" icon={<ArrowLeft />} onClick={moves.onBack} />
      </span>
      <Button
        look="quiet"
        icon={<Star className={post.isStarred ? 'lucide-full' : undefined} />}
        aria-keyshortcuts="s"
        onClick={() => actions.setStarred(post, !post.isStarred)}
      >
        {post.isStarred ? 'Starred' : 'Star'} <kbd>s</kbd>
      </Button>
      <Button look="quiet" icon={<CircleDot />} aria-keyshortcuts="m" onClick={() => actions.setRead(post, !post.isRead)}>
        {post.isRead ? 'Mark unread' : 'Mark read'} <kbd>m</kbd>
      </Button>
      {post.url && (
        <span className="hide-narrow">
          <Button look="quiet" icon={<ExternalLink />} aria-keyshortcuts="v" onClick={() => actions.openPage(post.url)}>
            Open page <kbd>v</kbd>
          </Button>
        </span>
      )}
      <span className="reader-bar-space" />
      {place > 0 && (
        <span className="reader-place hide-narrow">
          {number(place)} of {number(total)}
        </span>
      )}
      <IconButton label="Previous post" keys="k" icon={<ChevronUp />} disabled={place <= 1} onClick={() => moves.onStep(-1)} />
      <IconButton label="Next post" keys="j" icon={<ChevronDown />} disabled={place >= total} onClick={() => moves.onStep(1)} />
      <Menu
        label="More for this post"
        items={menuItems(post, actions, moves, followed)}
        opener={(props) => <IconButton label="More for this post" icon={<Ellipsis />} {...props} />}
      />
    </div>
  );
};
