import CalendarClock from 'lucide-react/icons/calendar-clock';
import ChartNoAxesColumn from 'lucide-react/icons/chart-no-axes-column';
import CircleDot from 'lucide-react/icons/circle-dot';
import Filter from 'lucide-react/icons/filter';
import Flame from 'lucide-react/icons/flame';
import Globe from 'lucide-react/icons/globe';
import History from 'lucide-react/icons/history';
import ListOrdered from 'lucide-react/icons/list-ordered';
import Mail from 'lucide-react/icons/mail';
import Newspaper from 'lucide-react/icons/newspaper';
import Rss from 'lucide-react/icons/rss';
import Search from 'lucide-react/icons/search';
import Settings2 from 'lucide-react/icons/settings-2';
import Star from 'lucide-react/icons/star';
import Sun from 'lucide-react/icons/sun';
import Triangle from 'lucide-react/icons/triangle';
import { memo, type ReactNode } from 'react';
import type { PostCounts } from '../../preload/contract/post.ts';
import type { SourceRow } from '../../preload/contract/source.ts';
import { usePath } from '../client/use-view.ts';
import { type ViewState, viewHref } from '../client/view-state.ts';
import { SearchField } from '../posts/search-field.tsx';
import { type CommandId, firstKey } from '../ui/commands.ts';
import { StatusGlyph } from '../ui/status-glyph.tsx';
import { number } from '../words/counting.ts';
import { words } from '../words/words.ts';
import { LabelList } from './label-list.tsx';
import { Mark } from './mark.tsx';
import { SavedSearches } from './saved-searches.tsx';
import { SourceTree } from './source-tree.tsx';
import './shell.css';

const { shell: say } = words;
const { names } = words.commands;

/** A place in the sidebar, called and reached as the command that goes there. */
type Entry = { id: CommandId; path: string[]; icon: ReactNode; unread?: number | undefined };

const views = (counts: PostCounts | undefined): Entry[] => [
  { id: 'go.today', path: ['posts', 'today'], icon: <Sun />, unread: counts?.today },
  { id: 'go.all', path: ['posts', 'all'], icon: <Newspaper /> },
  { id: 'go.unread', path: ['posts', 'unread'], icon: <CircleDot />, unread: counts?.unread },
  { id: 'go.starred', path: ['posts', 'starred'], icon: <Star /> },
  { id: 'go.hackerNews', path: ['posts', 'hacker-news'], icon: <Triangle />, unread: counts?.hackerNews },
  { id: 'go.lastHour', path: ['posts', 'last-hour'], icon: <Flame /> },
  { id: 'go.top', path: ['top'], icon: <ListOrdered /> },
];
const DESK: Entry[] = [
  { id: 'go.sources', path: ['sources'], icon: <Rss /> },
  { id: 'go.rules', path: ['rules'], icon: <Filter /> },
  { id: 'go.domains', path: ['domains'], icon: <Globe /> },
  { id: 'go.schedules', path: ['schedules'], icon: <CalendarClock /> },
  { id: 'go.history', path: ['history'], icon: <History /> },
  { id: 'go.digests', path: ['digests'], icon: <Mail /> },
  { id: 'go.stats', path: ['stats'], icon: <ChartNoAxesColumn /> },
  { id: 'go.settings', path: ['settings'], icon: <Settings2 /> },
];

const isHere = (entry: Entry, view: ViewState): boolean => entry.path.every((part, place) => view.path[place] === part);

const NavLink = ({ entry, view, problems = 0 }: { entry: Entry; view: ViewState; problems?: number }) => (
  <a
    className="nav-link"
    href={viewHref(entry.path)}
    aria-current={isHere(entry, view) ? 'page' : undefined}
    aria-label={entry.unread ? say.side.withUnread(names[entry.id], entry.unread) : names[entry.id]}
    aria-keyshortcuts={firstKey(entry.id)}
    title={say.side.withKeys(names[entry.id], firstKey(entry.id) ?? '')}
  >
    {entry.icon}
    <span className="nav-label">{names[entry.id]}</span>
    {entry.unread ? <span className="nav-count">{number(entry.unread)}</span> : null}
    {problems > 0 && (
      <span className="nav-count nav-problem" title={say.side.needYou(problems)}>
        <StatusGlyph status="failed" />
        <span>{number(problems)}</span>
      </span>
    )}
  </a>
);

type SideProps = {
  view: ViewState;
  counts: PostCounts | undefined;
  sources: readonly SourceRow[] | undefined;
  problems: number;
};

/** The links; drawn again when the path changes, not at each key of a search. */
const SideLinks = memo(({ view, counts, sources, problems }: SideProps) => (
  <>
    <div className="side-scroll">
      <a
        className="nav-link find-rail"
        href={viewHref(['posts', 'all'], { find: '1' })}
        aria-label={say.side.search}
        title={say.side.withKeys(say.side.search, firstKey('posts.find') ?? '')}
      >
        <Search />
      </a>
      {views(counts).map((entry) => (
        <NavLink key={entry.id} entry={entry} view={view} />
      ))}
      <SavedSearches view={view} counts={counts} />
      <SourceTree rows={sources} view={view} />
      <LabelList labels={counts?.labels} view={view} />
    </div>
    <div className="side-desk">
      {DESK.map((entry) => (
        <NavLink key={entry.id} entry={entry} view={view} problems={entry.id === 'go.sources' ? problems : 0} />
      ))}
    </div>
  </>
));

/** Where one can go: the views of posts, the folders, and the desk below. A rail of pictures in a narrow window. */
export const Sidebar = ({ view, ...rest }: SideProps) => (
  <nav className="side" aria-label={say.side.views}>
    <a className="brand" href={viewHref(['posts', 'today'])} aria-label={say.side.home}>
      <Mark />
      <span>{say.side.name}</span>
    </a>
    <SearchField view={view} />
    <SideLinks view={usePath(view)} {...rest} />
  </nav>
);
