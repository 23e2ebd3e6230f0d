import Ellipsis from 'lucide-react/icons/ellipsis';
import type { SourceRow } from '../../preload/contract/source.ts';
import { useClient } from '../client/client-context.tsx';
import { useFetch } from '../client/use-fetch.ts';
import { go } from '../client/use-view.ts';
import { usePostActions } from '../posts/use-post-actions.ts';
import { Menu, type MenuItem } from '../ui/menu.tsx';
import { useToast } from '../ui/toast.tsx';
import { words } from '../words/words.ts';
import { type Asked, useMoves } from './tree-dialog.tsx';

const { tree: say } = words;
const noList = (): void => undefined;

const TreeMenu = ({ name, items }: { name: string; items: readonly MenuItem[] }) => (
  <Menu
    label={say.moreFor(name)}
    items={items}
    align="start"
    opener={(props) => (
      <button type="button" className="tree-more" aria-label={say.moreFor(name)} title={say.moreFor(name)} {...props}>
        <Ellipsis />
      </button>
    )}
  />
);

/** What can be done with a source from the sidebar. */
export const SourceMenu = ({ row, onAsk }: { row: SourceRow; onAsk: (asked: Asked) => void }) => {
  const { source } = row;
  const client = useClient();
  const toast = useToast();
  const fetch = useFetch();
  const { markAllRead } = usePostActions(noList);
  const mute = async (muted: boolean) => {
    const turn = (is: boolean) => client.request('sources.update', { id: source.id, patch: { muted: is } });
    const answer = await turn(muted);
    if (!answer.ok) return toast({ text: answer.error.message });
    toast({ text: muted ? say.isMuted(source.title) : say.countsAgain(source.title), undo: () => void turn(!muted) });
  };
  const items: MenuItem[] = [
    { label: say.menu.markRead, onChoose: () => markAllRead({ sourceId: source.id }) },
    {
      label: say.menu.fetch,
      onChoose: async () => toast({ text: await fetch(({ id }) => id === source.id, source.title) }),
    },
    { kind: 'rule' },
    { label: source.muted ? say.menu.unmute : say.menu.mute, onChoose: () => void mute(!source.muted) },
    { label: say.menu.moveToFolder, onChoose: () => onAsk({ kind: 'source', row }) },
    { label: say.menu.edit, onChoose: () => onAsk({ kind: 'edit', row }) },
    { label: say.menu.page, onChoose: () => go(['sources', source.id]) },
  ];
  return <TreeMenu name={source.title} items={items} />;
};

/** What can be done with a folder and all that is in it. */
export const FolderMenu = ({ path, name, onAsk }: { path: string[]; name: string; onAsk: (asked: Asked) => void }) => {
  const toast = useToast();
  const fetch = useFetch();
  const { markAllRead } = usePostActions(noList);
  const { moveFolder } = useMoves();
  const isInside = (folder: readonly string[]): boolean => path.every((part, depth) => folder[depth] === part);
  const remove = async () => {
    const problem = await moveFolder(path, path.slice(0, -1));
    if (problem) toast({ text: problem });
  };
  const items: MenuItem[] = [
    { label: say.menu.markRead, onChoose: () => markAllRead({ folder: path }) },
    { label: say.menu.fetch, onChoose: async () => toast({ text: await fetch((source) => isInside(source.folder), name) }) },
    { kind: 'rule' },
    { label: say.menu.renameFolder, onChoose: () => onAsk({ kind: 'folder', path }) },
    { label: say.menu.removeFolder, onChoose: () => void remove() },
  ];
  return <TreeMenu name={name} items={items} />;
};
