import Download from 'lucide-react/icons/download';
import type { Run, RunFilter } from '../../preload/contract/run.ts';
import { useClient } from '../client/client-context.tsx';
import { saveText } from '../client/save-text.ts';
import { Menu } from '../ui/menu.tsx';
import { useToast } from '../ui/toast.tsx';
import { words } from '../words/words.ts';
import { readAllRuns, runsToCsv } from './export-runs.ts';

const say = words.history.save;
const WAYS = {
  json: { label: say.json, type: 'application/json', write: (runs: Run[]) => `${JSON.stringify(runs, null, 2)}\n` },
  csv: { label: say.csv, type: 'text/csv', write: runsToCsv },
} as const;

/** Saves the runs the list is narrowed to, all pages of them. */
export const ExportMenu = ({ filter }: { filter: RunFilter }) => {
  const client = useClient();
  const toast = useToast();
  const save = async (way: keyof typeof WAYS) => {
    const answer = await readAllRuns(client, filter);
    if (!answer.ok) return toast({ text: answer.error.message });
    const { type, write } = WAYS[way];
    saveText(`${say.file}-${new Date().toISOString().slice(0, 10)}.${way}`, write(answer.result), type);
    toast({ text: say.saved(answer.result.length) });
  };
  return (
    <Menu
      label={say.button}
      items={(['json', 'csv'] as const).map((way) => ({ label: WAYS[way].label, onChoose: () => void save(way) }))}
      opener={(props) => (
        <button type="button" className="button button-quiet" {...props}>
          <Download aria-hidden="true" strokeWidth={1.5} />
          {say.button}
        </button>
      )}
    />
  );
};
