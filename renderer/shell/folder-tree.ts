import type { SourceRow } from '../../preload/contract/source.ts';

/** One line of the sidebar's tree. */
export type TreeLine =
  | { kind: 'folder'; key: string; path: string[]; depth: number; name: string; unread: number; isOpen: boolean }
  | { kind: 'source'; key: string; depth: number; row: SourceRow };

type Node = { path: string[]; folders: Map<string, Node>; sources: SourceRow[] };

/** What a folder is called in the address and in the list of folded ones; folder names may hold any character. */
export const folderKey = (path: readonly string[]): string => JSON.stringify(path);

const byName = new Intl.Collator(undefined, { sensitivity: 'base', numeric: true }).compare;

const grow = (rows: readonly SourceRow[]): Node => {
  const root: Node = { path: [], folders: new Map(), sources: [] };
  for (const row of rows) {
    let node = root;
    for (const name of row.source.folder) {
      let next = node.folders.get(name);
      if (!next) {
        next = { path: [...node.path, name], folders: new Map(), sources: [] };
        node.folders.set(name, next);
      }
      node = next;
    }
    node.sources.push(row);
  }
  return root;
};
const unreadIn = (node: Node): number => {
  const own = node.sources.reduce((sum, row) => sum + (row.source.muted ? 0 : row.unread), 0);
  return [...node.folders.values()].reduce((sum, child) => sum + unreadIn(child), own);
};
const write = (node: Node, depth: number, folded: ReadonlySet<string>, lines: TreeLine[]): void => {
  const names = [...node.folders.keys()].sort(byName);
  for (const name of names) {
    const child = node.folders.get(name);
    if (!child) continue;
    const key = folderKey(child.path);
    const isOpen = !folded.has(key);
    lines.push({ kind: 'folder', key, path: child.path, depth, name, unread: unreadIn(child), isOpen });
    if (isOpen) write(child, depth + 1, folded, lines);
  }
  const sources = [...node.sources].sort((a, b) => byName(a.source.title, b.source.title));
  for (const row of sources) lines.push({ kind: 'source', key: row.source.id, depth, row });
};

/** Sources as the lines of a tree: folders first, each sorted by name; what is inside a folded folder is left out. */
export const treeLines = (rows: readonly SourceRow[], folded: ReadonlySet<string>): TreeLine[] => {
  const lines: TreeLine[] = [];
  write(grow(rows), 0, folded, lines);
  return lines;
};
