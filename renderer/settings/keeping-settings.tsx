import type { Settings, SettingsPatch } from '../../preload/contract/settings.ts';
import { useAction } from '../client/use-action.ts';
import { useQuery } from '../client/use-query.ts';
import { go } from '../client/use-view.ts';
import { Button } from '../ui/button.tsx';
import { Segments } from '../ui/choices.tsx';
import { useToast } from '../ui/toast.tsx';
import { NumberSetting } from './number-setting.tsx';
import { SettingRow } from './setting-row.tsx';

/** What a limit begins with when one is first set, in days. */
const FIRST_LIMIT = 90;

type Props = {
  settings: Settings;
  errors: Partial<Record<keyof Settings, string>>;
  change: (patch: SettingsPatch) => void;
};

/** Shows what the clean-up would remove by the limits as they are now. */
const useLook = () => {
  const start = useAction('runs.start');
  const schedules = useQuery('schedules.list', {}, ['schedules.changed']).data;
  const toast = useToast();
  const schedule = schedules?.find((row) => row.schedule.jobKind === 'clean-up')?.schedule;
  const look = async () => {
    const what = schedule ? { scheduleId: schedule.id } : { jobKind: 'clean-up' };
    const answer = await start.run({ ...what, options: { dryRun: true } });
    if (answer.ok) return go(['history', 'run', answer.result.run.id]);
    toast({ text: answer.error.message });
  };
  return { look: () => void look(), isPending: start.isPending };
};

const PostLimit = ({ settings, errors, change }: Props) => {
  const { keepPostsDays } = settings;
  const { look, isPending } = useLook();
  return (
    <>
      <SettingRow
        name="Keep posts"
        help="Starred and unread posts are never removed, whatever this says. A source can have a limit of its own."
        error={errors.keepPostsDays}
      >
        {() => (
          <Segments
            label="Keep posts"
            value={keepPostsDays === null ? 'ever' : 'limit'}
            options={[
              { value: 'ever', label: 'For ever' },
              { value: 'limit', label: 'For some days' },
            ]}
            onChange={(choice) => change({ keepPostsDays: choice === 'ever' ? null : FIRST_LIMIT })}
          />
        )}
      </SettingRow>
      {keepPostsDays !== null && (
        <>
          <NumberSetting
            name="Keep read posts for"
            help="Counted from the day a post came in. What goes can be undone for 7 days, and does not come back as new."
            value={keepPostsDays}
            least={1}
            most={36_500}
            unit="days"
            error={errors.keepPostsDays}
            onChange={(days) => change({ keepPostsDays: days })}
          />
          <SettingRow
            name="See what would go"
            help="A new limit removes nothing by itself: look at the plan and have it done once. From then on the nightly clean-up keeps to it."
          >
            {() => (
              <Button onClick={look} isPending={isPending}>
                Show the plan
              </Button>
            )}
          </SettingRow>
        </>
      )}
    </>
  );
};

/** How long posts and run records are kept. */
export const KeepingSettings = (props: Props) => (
  <>
    <PostLimit {...props} />
    <NumberSetting
      name="Keep run records for"
      help="The newest run of each schedule and the newest fetch of each source stay, however old, and so do all totals."
      value={props.settings.keepRunsDays}
      least={1}
      most={3650}
      unit="days"
      error={props.errors.keepRunsDays}
      onChange={(keepRunsDays) => props.change({ keepRunsDays })}
    />
  </>
);
