import CalendarClock from 'lucide-react/icons/calendar-clock';
import ChartNoAxesColumn from 'lucide-react/icons/chart-no-axes-column';
import CircleDot from 'lucide-react/icons/circle-dot';
import Filter from 'lucide-react/icons/filter';
import Flame from 'lucide-react/icons/flame';
import Globe from 'lucide-react/icons/globe';
import History from 'lucide-react/icons/history';
import ListOrdered from 'lucide-react/icons/list-ordered';
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
import { StatusGlyph } from '../ui/status-glyph.tsx';
import { count, number } from '../words/counting.ts';
import { LabelList } from './label-list.tsx';
import { Mark } from './mark.tsx';
import { SavedSearches } from './saved-searches.tsx';
import { SourceTree } from './source-tree.tsx';
import './shell.css';

type Entry = { path: string[]; label: string; icon: ReactNode; unread?: number | undefined; keys: string };

const views = (counts: PostCounts | undefined): Entry[] => [
  { path: ['posts', 'today'], label: 'Today', icon: <Sun />, unread: counts?.today, keys: 'g t' },
  { path: ['posts', 'all'], label: 'All posts', icon: <Newspaper />, keys: 'g a' },
  { path: ['posts', 'unread'], label: 'Unread', icon: <CircleDot />, unread: counts?.unread, keys: 'g u' },
  { path: ['posts', 'starred'], label: 'Starred', icon: <Star />, keys: 'g s' },
  { path: ['posts', 'hacker-news'], label: 'Hacker News', icon: <Triangle />, unread: counts?.hackerNews, keys: 'g n' },
  { path: ['posts', 'last-hour'], label: 'Last hour, top 20', icon: <Flame />, keys: 'g l' },
  { path: ['top'], label: 'Top posts', icon: <ListOrdered />, keys: 'g p' },
];
const DESK: Entry[] = [
  { path: ['sources'], label: 'Sources', icon: <Rss />, keys: 'g f' },
  { path: ['rules'], label: 'Rules', icon: <Filter />, keys: 'g r' },
  { path: ['domains'], label: 'Domains', icon: <Globe />, keys: 'g o' },
  { path: ['schedules'], label: 'Schedules', icon: <CalendarClock />, keys: 'g d' },
  { path: ['history'], label: 'History', icon: <History />, keys: 'g h' },
  { path: ['stats'], label: 'Stats', icon: <ChartNoAxesColumn />, keys: 'g i' },
  { path: ['settings'], label: 'Settings', icon: <Settings2 />, keys: 'g ,' },
];

const isHere = (entry: Entry, view: ViewState): boolean => entry.path.every((part, place) => view.path[place] === part);

const NavLink = ({ entry, view, problems = 0 }: { entry: Entry; view: ViewState; problems?: number }) => (
  <a
    className="nav-link"
    href={viewHref(entry.path)}
    aria-current={isHere(entry, view) ? 'page' : undefined}
    aria-label={entry.unread ? `${entry.label}, ${number(entry.unread)} unread` : entry.label}
    title={`${entry.label} (${entry.keys})`}
  >
    {entry.icon}
    <span className="nav-label">{entry.label}</span>
    {entry.unread ? <span className="nav-count">{number(entry.unread)}</span> : null}
    {problems > 0 && (
      <span className="nav-count nav-problem" title={`${count(problems, 'source needs', 'sources need')} you`}>
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
        aria-label="Search posts"
        title="Search posts (/)"
      >
        <Search />
      </a>
      {views(counts).map((entry) => (
        <NavLink key={entry.label} entry={entry} view={view} />
      ))}
      <SavedSearches view={view} counts={counts} />
      <SourceTree rows={sources} view={view} />
      <LabelList labels={counts?.labels} view={view} />
    </div>
    <div className="side-desk">
      {DESK.map((entry) => (
        <NavLink key={entry.label} entry={entry} view={view} problems={entry.label === 'Sources' ? problems : 0} />
      ))}
    </div>
  </>
));

/** Where one can go: the views of posts, the folders, and the desk below. A rail of pictures in a narrow window. */
export const Sidebar = ({ view, ...rest }: SideProps) => (
  <nav className="side" aria-label="Views">
    <a className="brand" href={viewHref(['posts', 'today'])} aria-label="Tidings, today">
      <Mark />
      <span>Tidings</span>
    </a>
    <SearchField view={view} />
    <SideLinks view={usePath(view)} {...rest} />
  </nav>
);
