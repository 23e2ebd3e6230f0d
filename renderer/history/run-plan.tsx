import ListChecks from 'lucide-react/icons/list-checks';
import Undo2 from 'lucide-react/icons/undo-2';
import type { PlanLine, Run } from '../../preload/contract/run.ts';
import { useAction } from '../client/use-action.ts';
import { useQuery } from '../client/use-query.ts';
import { go } from '../client/use-view.ts';
import { Button } from '../ui/button.tsx';
import { longDay } from '../ui/format.ts';
import { Note } from '../ui/note.tsx';
import { Row, SectionHead, Table } from '../ui/table.tsx';
import { useToast } from '../ui/toast.tsx';
import { words as catalogue } from '../words/words.ts';
import { isDryRun, planWords } from './plan-words.ts';

const UNDO = <Undo2 aria-hidden="true" strokeWidth={1.5} />;
const { plan: say } = catalogue.history;
const VERBS: Record<PlanLine['verb'], string> = say.verbs;

const optionsOf = (run: Run): Record<string, unknown> =>
  typeof run.options === 'object' && run.options !== null ? (run.options as Record<string, unknown>) : {};

/** What a dry run would do, in one sentence, and the way to have it done. */
export const PlanNote = ({ run }: { run: Run }) => {
  const start = useAction('runs.start');
  const toast = useToast();
  const words = planWords(run);
  if (run.status !== 'completed' || !isDryRun(run) || !words) return null;
  const doIt = async () => {
    const options = { ...optionsOf(run), dryRun: false };
    const answer = await start.run({ ...(run.scheduleId ? { scheduleId: run.scheduleId } : { jobKind: run.jobKind }), options });
    if (answer.ok) return go(['history', 'run', answer.result.run.id]);
    toast({ text: answer.error.message });
  };
  return (
    <Note tone="info" title={words.title} icon={<ListChecks aria-hidden="true" strokeWidth={1.5} />}>
      {words.isNothing ? say.nothing : say.wasDry}
      {!words.isNothing && (
        <Button look="primary" onClick={() => void doIt()} isPending={start.isPending}>
          {say.doIt}
        </Button>
      )}
    </Note>
  );
};

/** The lines of a plan. What is beyond the first lines, the counts tell. */
export const PlanLines = ({ run }: { run: Run }) => {
  const lines = 'plan' in run ? run.plan : undefined;
  const total = planWords(run)?.total ?? lines?.length ?? 0;
  if (!lines || lines.length === 0) return null;
  return (
    <section aria-labelledby="run-plan">
      <SectionHead id="run-plan" note={total > lines.length ? say.firstOf(lines.length, total) : undefined}>
        {say.head}
      </SectionHead>
      <Table
        label={say.table}
        columns={[{ head: say.what, width: '92px' }, { head: say.ofWhat, width: '112px' }, { head: say.which }]}
      >
        {lines.map((line, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a line is its place
          <Row key={place}>
            <td>{VERBS[line.verb]}</td>
            <td className="mid">{line.kind}</td>
            <td className="row-name">
              {line.postId ? <a href={`#/posts/all?post=${encodeURIComponent(line.postId)}`}>{line.text}</a> : line.text}
            </td>
          </Row>
        ))}
      </Table>
    </section>
  );
};

/** What this run took away or rewrote, while it can be undone. */
export const UndoNote = ({ run }: { run: Run }) => {
  const list = useQuery('undo.list', {}, ['undo.changed']);
  const undo = useAction('undo.apply');
  const toast = useToast();
  const mine = list.data?.find(({ runId }) => runId === run.id);
  if (!mine) return null;
  if (mine.undoneAt) {
    return (
      <Note tone="info" title={say.undone} icon={UNDO}>
        {say.allBack(mine.text)}
      </Note>
    );
  }
  const apply = async () => {
    const answer = await undo.run({ id: mine.id });
    toast({ text: answer.ok ? say.broughtBack(answer.result.rows) : answer.error.message });
  };
  return (
    <Note tone="info" title={mine.text} icon={UNDO}>
      <UndoUntil at={mine.expiresAt} />{' '}
      <Button onClick={() => void apply()} isPending={undo.isPending}>
        {say.undo}
      </Button>
    </Note>
  );
};

const UndoUntil = ({ at }: { at: string }) => say.until(longDay(at));
