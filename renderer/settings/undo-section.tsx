import type { Undoable } from '../../preload/contract/removal.ts';
import { useAction } from '../client/use-action.ts';
import { useQuery } from '../client/use-query.ts';
import { Button } from '../ui/button.tsx';
import { dateTime } from '../ui/format.ts';
import { LoadingBars } from '../ui/loading-bars.tsx';
import { ErrorNote } from '../ui/note.tsx';
import { useToast } from '../ui/toast.tsx';
import { useNow } from '../ui/use-now.ts';
import { words } from '../words/words.ts';
import { SettingRow } from './setting-row.tsx';

const { undo: say } = words.settings;

/** What jobs removed or rewrote in the last 7 days, each with its way back. */
export const UndoSection = () => {
  const list = useQuery('undo.list', {}, ['undo.changed']);
  if (list.error && !list.data) return <ErrorNote error={list.error} onRetry={list.reload} />;
  if (!list.data) return <LoadingBars rows={2} label={say.reading} />;
  if (list.data.length === 0) {
    return <SettingRow name={say.nothing} help={say.nothingHelp} />;
  }
  return list.data.map((one) => <UndoRow key={one.id} one={one} />);
};

const UndoRow = ({ one }: { one: Undoable }) => {
  const now = useNow();
  const undo = useAction('undo.apply');
  const toast = useToast();
  const apply = async () => {
    const answer = await undo.run({ id: one.id });
    toast({ text: answer.ok ? say.broughtBack(answer.result.rows) : answer.error.message });
  };
  return (
    <SettingRow
      name={one.text}
      help={
        <>
          <a className="link" href={`#/history/run/${encodeURIComponent(one.runId)}`}>
            {dateTime(one.at, now)}
          </a>
          {one.undoneAt ? say.undone(dateTime(one.undoneAt, now)) : say.until(dateTime(one.expiresAt, now))}
        </>
      }
    >
      {() =>
        !one.undoneAt && (
          <Button onClick={() => void apply()} isPending={undo.isPending}>
            {say.undo}
          </Button>
        )
      }
    </SettingRow>
  );
};
