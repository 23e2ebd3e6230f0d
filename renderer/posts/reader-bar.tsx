import AArrowDown from 'lucide-react/icons/a-arrow-down';
import AArrowUp from 'lucide-react/icons/a-arrow-up';
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
import Filter from 'lucide-react/icons/filter';
import History from 'lucide-react/icons/history';
import MessageSquare from 'lucide-react/icons/message-square';
import Star from 'lucide-react/icons/star';
import UserPlus from 'lucide-react/icons/user-plus';
import VolumeX from 'lucide-react/icons/volume-x';
import type { FollowedAuthor } from '../../preload/contract/gap-map.ts';
import type { PostRow } from '../../preload/contract/post.ts';
import { useQuery } from '../client/use-query.ts';
import { go } from '../client/use-view.ts';
import { Button, IconButton } from '../ui/button.tsx';
import { Menu, type MenuItem } from '../ui/menu.tsx';
import { words } from '../words/words.ts';
import { commentsUrl } from './reading.ts';
import type { PostActions } from './use-post-actions.ts';
import type { TextSize } from './use-reader-commands.ts';
import type { Reading } from './use-reading.ts';

const { reader: say } = words;

/** What the reader can do beside the post itself. */
export type ReaderMoves = {
  onBack: () => void;
  onStep: (by: 1 | -1) => void;
  onNextUnread: () => void;
  onMarkOlder: () => void;
};
type Props = {
  post: PostRow;
  actions: PostActions;
  moves: ReaderMoves;
  /** From 1; 0 when the post is not in the list. */
  place: number;
  total: number;
  reading: Reading;
  textSize: TextSize;
};

const isFollowed = ({ author, hn, sourceId }: PostRow, followed: readonly FollowedAuthor[]): boolean =>
  followed.some(
    ({ name, on }) =>
      name.toLowerCase() === author?.trim().toLowerCase() && (on.kind === 'source' ? on.sourceId === sourceId : hn !== undefined),
  );

/** Nothing where the post names no author. */
const followItem = (post: PostRow, actions: PostActions, followed: readonly FollowedAuthor[]): MenuItem[] => {
  if (!post.author?.trim()) return [];
  const name = post.author.length > 40 ? say.thisAuthor : post.author;
  return isFollowed(post, followed)
    ? [{ label: say.youFollow(name), icon: <UserPlus />, onChoose: () => go(['sources', 'series']) }]
    : [{ label: say.follow(name), icon: <UserPlus />, onChoose: () => actions.follow(post) }];
};

const textItems = ({ post, actions, reading, textSize }: Props): MenuItem[] => {
  const comments = commentsUrl(post);
  const isExtracted = reading.held.shown?.isExtracted ?? post.isExtracted;
  return [
    { label: say.openPage, icon: <ExternalLink />, keys: 'v', disabled: !post.url, onChoose: () => actions.openPage(post.url) },
    {
      label: isExtracted ? say.article.feed : say.article.read,
      icon: <FileText />,
      keys: 'd',
      disabled: !post.url,
      onChoose: reading.article.toggle,
    },
    { label: say.copyMarkdown, icon: <FileCode />, keys: 'Y', onChoose: () => actions.copyMarkdown(post) },
    { label: say.copyLink, icon: <Copy />, keys: 'y', disabled: !post.url, onChoose: () => actions.copyLink(post.url) },
    {
      label: say.openComments,
      icon: <MessageSquare />,
      keys: 'c',
      disabled: !comments,
      onChoose: () => comments && actions.openPage(comments),
    },
    { kind: 'rule' },
    { label: say.larger, icon: <AArrowUp />, keys: ']', disabled: textSize.isLargest, onChoose: () => textSize.step(1) },
    { label: say.smaller, icon: <AArrowDown />, keys: '[', disabled: textSize.isSmallest, onChoose: () => textSize.step(-1) },
  ];
};

const ruleItems = ({ id }: PostRow): MenuItem[] => [
  { label: words.rules.post.muteLike, icon: <VolumeX />, onChoose: () => go(['rules', 'new'], { from: id, do: 'mute' }) },
  { label: words.rules.post.makeRule, icon: <Filter />, onChoose: () => go(['rules', 'new'], { from: id }) },
];

const menuItems = (props: Props, followed: readonly FollowedAuthor[]): MenuItem[] => {
  const { post, actions, moves } = props;
  const { runId } = post;
  return [
    ...textItems(props),
    { kind: 'rule' },
    ...followItem(post, actions, followed),
    ...ruleItems(post),
    { label: say.markOlder, icon: <CheckCheck />, keys: 'O', onChoose: moves.onMarkOlder },
    {
      label: say.showRun,
      icon: <History />,
      disabled: !runId,
      onChoose: () => runId && go(['history', 'run', runId]),
    },
  ];
};

/** The line of buttons over a post. */
export const ReaderBar = (props: Props) => {
  const { post, actions, moves, place, total } = props;
  const followed = useQuery('authors.list', {}, ['gaps.changed']).data ?? [];
  return (
    <div className="reader-bar" role="toolbar" aria-label={say.toolbar}>
      <span className="reader-back">
        <IconButton label={say.back} keys="Esc" icon={<ArrowLeft />} onClick={moves.onBack} />
      </span>
      <Button
        look="quiet"
        icon={<Star className={post.isStarred ? 'lucide-full' : undefined} />}
        aria-keyshortcuts="s"
        onClick={() => actions.setStarred(post, !post.isStarred)}
      >
        {post.isStarred ? say.starred : say.star} <kbd>s</kbd>
      </Button>
      <Button look="quiet" icon={<CircleDot />} aria-keyshortcuts="m" onClick={() => actions.setRead(post, !post.isRead)}>
        {post.isRead ? say.markUnread : say.markRead} <kbd>m</kbd>
      </Button>
      {post.url && (
        <span className="hide-narrow">
          <Button look="quiet" icon={<ExternalLink />} aria-keyshortcuts="v" onClick={() => actions.openPage(post.url)}>
            {say.openPage} <kbd>v</kbd>
          </Button>
        </span>
      )}
      <span className="reader-bar-space" />
      {place > 0 && <span className="reader-place hide-narrow">{say.place(place, total)}</span>}
      <IconButton label={say.previous} keys="k" icon={<ChevronUp />} disabled={place <= 1} onClick={() => moves.onStep(-1)} />
      <IconButton label={say.next} keys="j" icon={<ChevronDown />} disabled={place >= total} onClick={() => moves.onStep(1)} />
      <Menu
        label={say.more}
        items={menuItems(props, followed)}
        opener={(props) => <IconButton label={say.more} icon={<Ellipsis />} {...props} />}
      />
    </div>
  );
};
