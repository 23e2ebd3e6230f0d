import ChevronDown from 'lucide-react/icons/chevron-down';
import ChevronRight from 'lucide-react/icons/chevron-right';
import { memo, useMemo, useState } from 'react';
import type { SourceRow } from '../../preload/contract/source.ts';
import { type ViewState, viewHref } from '../client/view-state.ts';
import { classes } from '../ui/classes.ts';
import { number } from '../words/counting.ts';
import { folderKey, type TreeLine, treeLines } from './folder-tree.ts';

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
      aria-label={`${line.isOpen ? 'Fold' : 'Unfold'} ${line.name}`}
      onClick={onFold}
    >
      {line.isOpen ? <ChevronDown /> : <ChevronRight />}
    </button>
    <a className="nav-link" href={viewHref(['posts', 'folder', ...line.path])} aria-current={isHere ? 'page' : undefined}>
      <span className="trunc">{line.name}</span>
      {unread(line.unread)}
    </a>
  </>
);

const SourceLine = ({ row, isHere }: { row: SourceRow; isHere: boolean }) => (
  <a
    className={classes('nav-link', row.source.muted && 'is-muted')}
    href={viewHref(['posts', 'source', row.source.id])}
    aria-current={isHere ? 'page' : undefined}
    title={row.source.muted ? `${row.source.title} (muted)` : undefined}
  >
    <span className="trunc">{row.source.title}</span>
    {unread(row.unread)}
  </a>
);

/** Folders, nested, with their sources and unread numbers. Remembers what is folded. */
export const SourceTree = memo(({ rows, view }: { rows: readonly SourceRow[] | undefined; view: ViewState }) => {
  const [folded, setFolded] = useState(readFolded);
  const lines = useMemo(() => treeLines(rows ?? [], folded), [rows, folded]);
  const [screen, kind, ...rest] = view.path;
  const here = screen !== 'posts' ? '' : kind === 'folder' ? folderKey(rest) : kind === 'source' ? rest[0] : '';
  const fold = (key: string) => {
    const next = new Set(folded);
    if (!next.delete(key)) next.add(key);
    setFolded(next);
    localStorage.setItem(FOLDED, JSON.stringify([...next]));
  };
  return (
    <div className="tree">
      <h2 className="tree-head">Folders</h2>
      {rows && rows.length === 0 && <p className="tree-empty">Sources you add appear here.</p>}
      <ul>
        {lines.map((line) => (
          <li key={line.key} className="tree-line" style={{ '--depth': line.depth } as Record<string, number>}>
            {line.kind === 'folder' ? (
              <FolderLine line={line} isHere={here === line.key} onFold={() => fold(line.key)} />
            ) : (
              <SourceLine row={line.row} isHere={here === line.key} />
            )}
          </li>
        ))}
      </ul>
    </div>
  );
});
