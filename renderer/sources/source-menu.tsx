import Ellipsis from 'lucide-react/dist/esm/icons/ellipsis.mjs';
import { useState } from 'react';
import type { SourcePatch, SourceRow } from '../../preload/contract/source.ts';
import { useAction } from '../client/use-action.ts';
import { go } from '../client/use-view.ts';
import { Menu } from '../ui/menu.tsx';
import { useToast } from '../ui/toast.tsx';
import { words } from '../words/words.ts';
import { EditSource } from './edit-source.tsx';
import { RemoveSource } from './remove-source.tsx';
import { useFetchNow } from './use-fetch-now.ts';

const { sourceMenu: say } = words.sources;
const { notifications: told } = words;

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
  const notify = source.notify === true;
  return (
    <>
      <Menu
        label={say.moreFor(source.title)}
        items={[
          { label: say.fetchNow, onChoose: () => void fetchNow(source) },
          ...(isOnPage ? [] : [{ label: say.fetchJobsAndErrors, onChoose: () => go(['sources', source.id]) }]),
          { label: say.edit, onChoose: () => setOpen('edit') },
          { kind: 'rule' },
          {
            label: paused ? say.resume : say.pause,
            onChoose: () =>
              void turn({ paused: !paused }, { paused }, paused ? say.isFetchedAgain(source.title) : say.isPaused(source.title)),
          },
          {
            label: muted ? say.unmute : say.mute,
            onChoose: () =>
              void turn({ muted: !muted }, { muted }, muted ? say.countsAgain(source.title) : say.noLongerCounts(source.title)),
          },
          {
            label: starred ? say.unstar : say.star,
            onChoose: () =>
              void turn(
                { starred: !starred },
                { starred },
                starred ? say.waitsItsTurn(source.title) : say.isFetchedFirst(source.title),
              ),
          },
          {
            label: notify ? told.tellMeNot : told.tellMe,
            onChoose: () =>
              void turn({ notify: !notify }, { notify }, notify ? told.isNotTold(source.title) : told.isTold(source.title)),
          },
          { kind: 'rule' },
          { label: say.remove, isDanger: true, onChoose: () => setOpen('remove') },
        ]}
        opener={(props) => (
          <button
            type="button"
            className="button button-icon button-quiet"
            aria-label={say.moreFor(source.title)}
            title={say.more}
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
