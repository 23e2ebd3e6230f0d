import ArchiveRestore from 'lucide-react/icons/archive-restore';
import { useRef, useState } from 'react';
import { bringBackup } from '../client/bring-backup.ts';
import { useClient } from '../client/client-context.tsx';
import { go } from '../client/use-view.ts';
import { useToast } from '../ui/toast.tsx';
import { words } from '../words/words.ts';

const { restoreHere: say } = words.welcome;

/** Brings a backup of another computer and puts it here at once: there is nothing yet that could be lost, and it is backed up all the same. */
export const RestoreHere = () => {
  const client = useClient();
  const toast = useToast();
  const input = useRef<HTMLInputElement>(null);
  const [state, setState] = useState<{ isBusy: boolean; text: string }>({ isBusy: false, text: say.help });
  const restore = async (file: File) => {
    setState({ isBusy: true, text: say.bringing(0) });
    const brought = await bringBackup(client, file, (part) => setState({ isBusy: true, text: say.bringing(part) }));
    if (!brought.ok) return setState({ isBusy: false, text: brought.error.message });
    setState({ isBusy: true, text: say.restoring });
    const done = await client.request('backups.restore', { name: brought.result.name });
    if (!done.ok) return setState({ isBusy: false, text: done.error.message });
    // Whoever brings a backup was welcomed before, also where the backup does not say so.
    await client.request('settings.update', { patch: { welcomed: true } });
    toast({ text: say.restored(done.result.posts, done.result.sources) });
    go(['posts', 'today'], {}, 'replace');
  };
  return (
    <button
      type="button"
      className="welcome-import"
      aria-busy={state.isBusy}
      onClick={() => !state.isBusy && input.current?.click()}
    >
      <ArchiveRestore />
      <span>
        <b>{say.name}</b>
        <span className="dim" role="status">
          {state.text}
        </span>
      </span>
      <input
        ref={input}
        type="file"
        accept=".gz,application/gzip"
        hidden
        onClick={(event) => event.stopPropagation()}
        onChange={(event) => {
          const file = event.target.files?.[0];
          event.target.value = '';
          if (file) void restore(file);
        }}
      />
    </button>
  );
};
