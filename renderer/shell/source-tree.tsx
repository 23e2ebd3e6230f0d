import ChevronDown from 'lucide-react/icons/chevron-down';
import ChevronRight from 'lucide-react/icons/chevron-right';
import EyeOff from 'lucide-react/icons/eye-off';
import { type KeyboardEvent, memo, type SyntheticEvent, useMemo, useState } from 'react';
import type { SourceRow } from '../../preload/contract/source.ts';
import { useAction } from '../client/use-action.ts';
import { useQuery } from '../client/use-query.ts';
import { type ViewState, viewHref } from '../client/view-state.ts';
import { IconButton } from '../ui/button.tsx';
import { classes } from '../ui/classes.ts';
import { StatusGlyph } from '../ui/status-glyph.tsx';
import { useCommands } from '../ui/use-commands.ts';
import { number } from '../words/counting.ts';
import { words } from '../words/words.ts';
import { folderKey, isFailing, type TreeLine, treeLines } from './folder-tree.ts';
import { type Asked, TreeDialog } from './tree-dialog.tsx';
import { FolderMenu, SourceMenu } from './tree-menu.tsx';
import './tree.css';

const { tree: say } = words;
const FOLDED = 'tidings.folded';
const readFolded = (): Set<string> => {
  try {
    return new Set(JSON.parse(localStorage.getItem(FOLDED) ?? '[]') as string[]);
  } catch {
    return new Set();
  }
};
const unread = (amount: number) => (amount > 0 ? <span className="nav-count">{number(amount)}</span> : null);

const FolderLine = ({ line, isHere, onFold }: { line: TreeLine & { kind: 'folder' }; isHere: boolean; onFold: () => void }) => (
  <>
    <button
      type="button"
      className="tree-fold"
      aria-expanded={line.isOpen}
      aria-label={line.isOpen ? say.fold(line.name) : say.unfold(line.name)}
      onClick={onFold}
    >
      {line.isOpen ? <ChevronDown /> : <ChevronRight />}
    </button>
    <a className="nav-link" href={viewHref(['posts', 'folder', ...line.path])} aria-current={isHere ? 'page' : undefined}>
      <span className="trunc" dir="auto">
        {line.name}
      </span>
      {unread(line.unread)}
    </a>
  </>
);

const SourceLine = ({ row, isHere }: { row: SourceRow; isHere: boolean }) => (
  <a
    className={classes('nav-link', row.source.muted && 'is-muted')}
    href={viewHref(['posts', 'source', row.source.id])}
    aria-current={isHere ? 'page' : undefined}
    title={row.source.muted ? say.muted(row.source.title) : undefined}
  >
    <span className="trunc" dir="auto">
      {row.source.title}
    </span>
    {isFailing(row) && (
      <span className="tree-failing" title={say.failing}>
        <StatusGlyph status="failed" />
      </span>
    )}
    {unread(row.unread)}
  </a>
);

/** Opens the menu of a line, from wherever in the line it was asked for. */
const openMenu = (event: SyntheticEvent<HTMLElement>): void => {
  const id = event.currentTarget.querySelector('.tree-more')?.getAttribute('popovertarget');
  const menu = id ? document.getElementById(id) : null;
  if (!menu || menu.contains(event.target as Node)) return;
  event.preventDefault();
  if (!menu.matches(':popover-open')) menu.showPopover();
};
const pressInLine = (event: KeyboardEvent<HTMLElement>): void => {
  if (event.key === 'ContextMenu' || (event.key === 'F10' && event.shiftKey)) openMenu(event);
};
/** A menu that is open keeps its line, wherever the pointer goes. */
const isMenuOpen = (): boolean => document.querySelector('.tree :popover-open') !== null;

/** Folders, nested, with their sources, unread numbers and menus. Remembers what is folded. */
export const SourceTree = memo(({ rows, view }: { rows: readonly SourceRow[] | undefined; view: ViewState }) => {
  const [folded, setFolded] = useState(readFolded);
  const hidesRead = useQuery('settings.get', {}, ['settings.changed']).data?.hideReadSources ?? false;
  const update = useAction('settings.update');
  const [screen, kind, ...rest] = view.path;
  const here = screen !== 'posts' ? '' : kind === 'folder' ? folderKey(rest) : kind === 'source' ? rest[0] : '';
  const lines = useMemo(() => treeLines(rows ?? [], folded, { hidesRead, here }), [rows, folded, hidesRead, here]);
  const hide = () => void update.run({ patch: { hideReadSources: !hidesRead } });
  useCommands([{ id: 'sources.hideRead', run: hide }]);
  /** The line that is pointed at or has the focus: the only one with a menu, so that five hundred cost nothing. */
  const [active, setActive] = useState('');
  const [asked, setAsked] = useState<Asked>();
  const fold = (key: string) => {
    const next = new Set(folded);
    if (!next.delete(key)) next.add(key);
    setFolded(next);
    localStorage.setItem(FOLDED, JSON.stringify([...next]));
  };
  return (
    <div className="tree">
      <div className="tree-top">
        <h2 className="tree-head">{say.title}</h2>
        <IconButton label={say.hideRead} keys="H" icon={<EyeOff />} aria-pressed={hidesRead} onClick={hide} />
      </div>
      {rows && lines.length === 0 && <p className="tree-empty">{rows.length === 0 ? say.empty : say.nothingUnread}</p>}
      <ul>
        {lines.map((entry) => (
          <li
            key={entry.key}
            className="tree-line"
            style={{ '--depth': entry.depth } as Record<string, number>}
            onMouseEnter={() => isMenuOpen() || setActive(entry.key)}
            onFocus={() => isMenuOpen() || setActive(entry.key)}
            onContextMenu={openMenu}
            onKeyDown={pressInLine}
          >
            {entry.kind === 'folder' ? (
              <>
                <FolderLine line={entry} isHere={here === entry.key} onFold={() => fold(entry.key)} />
                {active === entry.key && <FolderMenu path={entry.path} name={entry.name} onAsk={setAsked} />}
              </>
            ) : (
              <>
                <SourceLine row={entry.row} isHere={here === entry.key} />
                {active === entry.key && <SourceMenu row={entry.row} onAsk={setAsked} />}
              </>
            )}
          </li>
        ))}
      </ul>
      {asked && <TreeDialog asked={asked} rows={rows ?? []} onClose={() => setAsked(undefined)} />}
    </div>
  );
});
