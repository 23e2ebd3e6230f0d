import { type FormEvent, lazy, Suspense, useId, useState } from 'react';
import type { SourceRow } from '../../preload/contract/source.ts';
import { useClient } from '../client/client-context.tsx';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Field, TextInput } from '../ui/field.tsx';
import { useToast } from '../ui/toast.tsx';
import { words } from '../words/words.ts';
import { foldersIn, folderWords, readFolder } from './folder-tree.ts';

const { tree: say } = words;

/** What is moved: a source, or a folder with all that is in it. */
export type Moved = { kind: 'source'; row: SourceRow } | { kind: 'folder'; path: string[] };

/** What a menu of the tree opens a dialog for. */
export type Asked = Moved | { kind: 'edit'; row: SourceRow };

const EditSource = lazy(() => import('../sources/edit-source.tsx').then((file) => ({ default: file.EditSource })));

/** Moves sources and folders, each way with its way back. Answers what went wrong, in a sentence. */
export const useMoves = () => {
  const client = useClient();
  const toast = useToast();
  const moveFolder = async (from: string[], to: string[]): Promise<string | undefined> => {
    const answer = await client.request('sources.renameFolder', { from, to });
    if (!answer.ok) return answer.error.message;
    const only = answer.result.changed;
    const isRemoved = to.length < from.length && to.every((name, depth) => from[depth] === name);
    toast({
      text: isRemoved ? say.isRemoved(folderWords(from)) : say.isRenamed(folderWords(to)),
      undo: () => void client.request('sources.renameFolder', { from: to, to: from, only }),
    });
    return undefined;
  };
  const moveSource = async ({ source }: SourceRow, folder: string[]): Promise<string | undefined> => {
    const answer = await client.request('sources.update', { id: source.id, patch: { folder } });
    if (!answer.ok) return answer.error.message;
    toast({
      text: say.isMoved(source.title, folderWords(folder)),
      undo: () => void client.request('sources.update', { id: source.id, patch: { folder: source.folder } }),
    });
    return undefined;
  };
  return { moveFolder, moveSource };
};

/** Asks for the folder, with those that are there to choose from. A new name makes a new folder. */
const MoveDialog = ({ moved, rows, onClose }: { moved: Moved; rows: readonly SourceRow[]; onClose: () => void }) => {
  const isFolder = moved.kind === 'folder';
  const [text, setText] = useState(folderWords(isFolder ? moved.path : moved.row.source.folder));
  const [wrong, setWrong] = useState<string>();
  const { moveFolder, moveSource } = useMoves();
  const form = useId();
  const list = useId();
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const folder = readFolder(text);
    if (isFolder && folder.length === 0) return setWrong(say.dialog.nameMissing);
    const problem = isFolder ? await moveFolder(moved.path, folder) : await moveSource(moved.row, folder);
    if (problem) setWrong(problem);
    else onClose();
  };
  const title = isFolder ? say.dialog.rename(folderWords(moved.path)) : say.dialog.move(moved.row.source.title);
  return (
    <Dialog
      title={title}
      onClose={onClose}
      actions={
        <>
          <Button look="quiet" onClick={onClose}>
            {say.dialog.cancel}
          </Button>
          <Button look="primary" type="submit" form={form}>
            {isFolder ? say.dialog.saveName : say.dialog.save}
          </Button>
        </>
      }
    >
      <form id={form} onSubmit={(event) => void submit(event)}>
        <Field label={say.dialog.folder} help={say.dialog.help} error={wrong}>
          {(ids) => (
            <>
              <TextInput
                {...ids}
                data-safe
                list={list}
                placeholder={say.dialog.noFolder}
                value={text}
                maxLength={400}
                onChange={(event) => setText(event.target.value)}
              />
              <datalist id={list}>
                {foldersIn(rows).map((folder) => (
                  <option key={folder} value={folder} />
                ))}
              </datalist>
            </>
          )}
        </Field>
      </form>
    </Dialog>
  );
};

/** The dialog that a menu of the tree asked for. */
export const TreeDialog = ({ asked, rows, onClose }: { asked: Asked; rows: readonly SourceRow[]; onClose: () => void }) =>
  asked.kind === 'edit' ? (
    <Suspense>
      <EditSource row={asked.row} all={[...rows]} onClose={onClose} />
    </Suspense>
  ) : (
    <MoveDialog moved={asked} rows={rows} onClose={onClose} />
  );
