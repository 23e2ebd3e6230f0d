import Ellipsis from 'lucide-react/dist/esm/icons/ellipsis.mjs';
import { useState } from 'react';
import type { SourcePatch, SourceRow } from '../../preload/contract/source.ts';
import { useAction } from '../client/use-action.ts';
import { go } from '../client/use-view.ts';
import { Menu } from '../ui/menu.tsx';
import { useToast } from '../ui/toast.tsx';
import { EditSource } from './edit-source.tsx';
import { RemoveSource } from './remove-source.tsx';
import { useFetchNow } from './use-fetch-now.ts';

/** What can be done with one source. Turning something on or off can be taken back from its message. */
export const SourceMenu = ({ row, all, isOnPage }: { row: SourceRow; all: SourceRow[]; isOnPage?: boolean }) => {
  const { source } = row;
  const [open, setOpen] = useState<'edit' | 'remove'>();
  const update = useAction('sources.update');
  const toast = useToast();
  const fetchNow = useFetchNow();
  const turn = async (patch: SourcePatch, back: SourcePatch, words: string) => {
    const answer = await update.run({ id: source.id, patch });
    if (!answer.ok) return toast({ text: answer.error.message });
    toast({ text: words, undo: () => void update.run({ id: source.id, patch: back }) });
  };
  const { paused, muted, starred } = source;
  return (
    <>
      <Menu
        label={`More for ${source.title}`}
        items={[
          { label: 'Fetch now', onChoose: () => void fetchNow(source) },
          ...(isOnPage ? [] : [{ label: 'Fetch jobs and errors', onChoose: () => go(['sources', source.id]) }]),
          { label: 'Edit', onChoose: () => setOpen('edit') },
          { kind: 'rule' },
          {
            label: paused ? 'Resume' : 'Pause',
            onChoose: () =>
              void turn(
                { paused: !paused },
                { paused },
                paused ? `${source.title} is fetched again` : `${source.title} is paused`,
              ),
          },
          {
            label: muted ? 'Unmute' : 'Mute',
            onChoose: () =>
              void turn(
                { muted: !muted },
                { muted },
                muted ? `${source.title} counts again` : `${source.title} no longer counts as unread`,
              ),
          },
          {
            label: starred ? 'Unstar' : 'Star',
            onChoose: () =>
              void turn(
                { starred: !starred },
                { starred },
                starred ? `${source.title} waits its turn` : `${source.title} is fetched first`,
              ),
          },
          { kind: 'rule' },
          { label: 'Remove', isDanger: true, onChoose: () => setOpen('remove') },
        ]}
        opener={(props) => (
          <button
            type="button"
            className="button button-icon button-quiet"
            aria-label={`More for ${source.title}`}
            title="More"
            {...props}
          >
            <Ellipsis aria-hidden="true" strokeWidth={1.5} />
          </button>
        )}
      />
      {open === 'edit' && <EditSource row={row} all={all} onClose={() => setOpen(undefined)} />}
      {open === 'remove' && <RemoveSource source={source} onClose={() => setOpen(undefined)} />}
    </>
  );
};
