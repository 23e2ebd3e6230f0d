import type { Schedule } from '../../preload/contract/schedule.ts';
import { useAction } from '../client/use-action.ts';
import { useQuery } from '../client/use-query.ts';
import { go } from '../client/use-view.ts';
import type { MenuItem } from '../ui/menu.tsx';
import { useToast } from '../ui/toast.tsx';
import { words } from '../words/words.ts';

const { useDryRun: say } = words.schedules;

const hasDryRun = (schema: unknown): boolean => {
  const properties = (schema as { properties?: Record<string, unknown> } | null)?.properties;
  return properties !== undefined && 'dryRun' in properties;
};

/** *Dry run* for jobs that can show what they would do; it leads to the plan. */
export const useDryRun = (schedule: Schedule): MenuItem[] => {
  const jobs = useQuery('jobs.list', {}).data;
  const start = useAction('runs.start');
  const toast = useToast();
  const job = jobs?.find(({ kind }) => kind === schedule.jobKind);
  if (!job || !hasDryRun(job.optionsSchema)) return [];
  const look = async () => {
    const answer = await start.run({ scheduleId: schedule.id, options: { dryRun: true } });
    if (answer.ok) return go(['history', 'run', answer.result.run.id]);
    toast({ text: answer.error.message });
  };
  return [{ label: say.dryRun, onChoose: () => void look() }];
};
