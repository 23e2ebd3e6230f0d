import Ellipsis from 'lucide-react/icons/ellipsis';
import { useState } from 'react';
import type { RunDetail } from '../../preload/contract/run.ts';
import { useAction } from '../client/use-action.ts';
import { go } from '../client/use-view.ts';
import { Button } from '../ui/button.tsx';
import { Menu } from '../ui/menu.tsx';
import { useToast } from '../ui/toast.tsx';
import { useCommands } from '../ui/use-commands.ts';
import { words } from '../words/words.ts';
import { isDryRun } from './plan-words.ts';
import { RemoveRecord } from './remove-record.tsx';
import { saveJson } from './run-json.tsx';
import { isGoing, reportMarkdown, reportText } from './run-report.ts';
import { useCopy } from './use-copy.ts';

const { run: say, remove } = words.history;

const optionsOf = (options: unknown): Record<string, unknown> =>
  typeof options === 'object' && options !== null ? (options as Record<string, unknown>) : {};

/** The question that starts the same work again. A dry run again is a dry run, not the thing itself. */
const againOf = ({ run }: RunDetail) => {
  const dry = isDryRun(run) ? { options: optionsOf(run.options) } : {};
  return run.scheduleId ? { scheduleId: run.scheduleId, ...dry } : { jobKind: run.jobKind, options: optionsOf(run.options) };
};

/** What can be done with a run: stopped while it goes; told, tried again or forgotten when it is over. */
export const RunActions = ({ detail }: { detail: RunDetail }) =>
  isGoing(detail.run) ? <StopRun id={detail.run.id} /> : <EndedActions detail={detail} />;

const StopRun = ({ id }: { id: string }) => {
  const cancel = useAction('runs.cancel');
  const toast = useToast();
  const stop = async () => {
    const answer = await cancel.run({ id });
    if (!answer.ok) toast({ text: answer.error.message });
  };
  useCommands([{ id: 'run.cancel', run: () => void stop() }]);
  return (
    <Button onClick={stop} isPending={cancel.isPending}>
      {say.cancel}
    </Button>
  );
};

const EndedActions = ({ detail }: { detail: RunDetail }) => {
  const { run, fetchJobs } = detail;
  const [isRemoving, setIsRemoving] = useState(false);
  const retry = useAction('runs.retryFailed');
  const again = useAction('runs.start');
  const copy = useCopy();
  const toast = useToast();
  const canRetry = fetchJobs.some((job) => job.status === 'failed');
  const show = (answer: Awaited<ReturnType<typeof again.run>>) =>
    answer.ok ? go(['history', 'run', answer.result.run.id]) : toast({ text: answer.error.message });
  const copyReport = () => void copy(reportMarkdown(detail), say.report);
  const runAgain = async () => show(await again.run(againOf(detail)));
  const retryFailed = async () => show(await retry.run({ id: run.id }));
  useCommands([
    { id: 'run.copyReport', run: copyReport },
    { id: 'run.again', run: () => void runAgain() },
    { id: 'run.retryFailed', run: () => void retryFailed(), isOff: !canRetry },
  ]);
  return (
    <>
      <Button look="quiet" onClick={copyReport}>
        {say.copyReport}
      </Button>
      <Menu
        label={say.more}
        items={[
          { label: say.copyPlain, onChoose: () => void copy(reportText(detail), say.report) },
          { label: say.downloadJson, onChoose: () => saveJson(detail) },
          { label: say.gridLink, onChoose: () => go(['history', 'grid'], { job: run.jobKind }) },
          { kind: 'rule' },
          { label: remove.button, isDanger: true, onChoose: () => setIsRemoving(true) },
        ]}
        opener={(props) => (
          <button type="button" className="button button-quiet button-icon" aria-label={say.more} title={say.more} {...props}>
            <Ellipsis aria-hidden="true" strokeWidth={1.5} />
          </button>
        )}
      />
      {isRemoving && <RemoveRecord run={run} fetchJobs={fetchJobs.length} onClose={() => setIsRemoving(false)} />}
      <Button onClick={runAgain} isPending={again.isPending}>
        {say.runAgain}
      </Button>
      {canRetry && (
        <Button look="primary" onClick={retryFailed} isPending={retry.isPending}>
          {say.retryFailed}
        </Button>
      )}
    </>
  );
};
