import type { SourceRow } from '../../preload/contract/source.ts';

/** One line of the sidebar's tree. */
export type TreeLine =
  | { kind: 'folder'; key: string; path: string[]; depth: number; name: string; unread: number; isOpen: boolean }
  | { kind: 'source'; key: string; depth: number; row: SourceRow };

type Node = { path: string[]; folders: Map<string, Node>; sources: SourceRow[] };

/** So many failures in a row, and a source needs its owner. */
const NEEDS_YOU_AFTER = 3;

/** What a folder is called in the address and in the list of folded ones; folder names may hold any character. */
export const folderKey = (path: readonly string[]): string => JSON.stringify(path);

/** `Systems / Databases`. */
export const folderWords = (path: readonly string[]): string => path.join(' / ');

/** A folder as typed, `Systems / Databases`, as the contract wants it. */
export const readFolder = (text: string): string[] =>
  text
    .split('/')
    .map((part) => part.trim().slice(0, 100))
    .filter(Boolean)
    .slice(0, 8);

/** Whether a source cannot be fetched for so long that it needs its owner. */
export const isFailing = (row: SourceRow): boolean => row.failures >= NEEDS_YOU_AFTER;

const byName = new Intl.Collator(undefined, { sensitivity: 'base', numeric: true }).compare;

/** Every folder in use, those that only hold folders too, in words, by name. */
export const foldersIn = (rows: readonly SourceRow[]): string[] => {
  const paths = rows.flatMap(({ source }) => source.folder.map((_, depth) => folderWords(source.folder.slice(0, depth + 1))));
  return [...new Set(paths)].sort(byName);
};

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

/** Whether a source stays while those without unread posts are hidden: `here` is the key of the line that is open. */
const staysHere = (row: SourceRow, here: string): boolean =>
  row.unread > 0 ||
  isFailing(row) ||
  row.source.id === here ||
  row.source.folder.some((_, depth) => folderKey(row.source.folder.slice(0, depth + 1)) === here);

/**
 * Sources as the lines of a tree: folders first, each sorted by name; what is inside a folded folder is left out. With `hidesRead`
 * only what has unread posts, what fails and what is open (`here`).
 */
export const treeLines = (
  rows: readonly SourceRow[],
  folded: ReadonlySet<string>,
  { hidesRead = false, here = '' }: { hidesRead?: boolean | undefined; here?: string | undefined } = {},
): TreeLine[] => {
  const lines: TreeLine[] = [];
  write(grow(hidesRead ? rows.filter((row) => staysHere(row, here)) : rows), 0, folded, lines);
  return lines;
};
