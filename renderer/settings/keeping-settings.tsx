import { useAction } from '../client/use-action.ts';
import { useQuery } from '../client/use-query.ts';
import { go } from '../client/use-view.ts';
import { Button } from '../ui/button.tsx';
import { Segments } from '../ui/choices.tsx';
import { useToast } from '../ui/toast.tsx';
import { words } from '../words/words.ts';
import { type Part, rowWords } from './item.ts';
import { NumberSetting } from './number-setting.tsx';
import { defaultOf } from './rows.tsx';
import { SettingRow } from './setting-row.tsx';

const { keeping: say, values } = words.settings;

/** What a limit begins with when one is first set, in days. */
const FIRST_LIMIT = 90;

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

/** How long posts are kept: for ever, or some days that are then asked for, with a look at what would go. */
export const KeepPosts = (part: Part) => {
  const { settings, errors, change } = part;
  const { keepPostsDays } = settings;
  const { look, isPending } = useLook();
  const { name, help } = rowWords('keepPostsDays');
  return (
    <>
      <SettingRow
        name={name}
        help={help}
        error={errors.keepPostsDays}
        byDefault={defaultOf('keepPostsDays', values.forEver.toLowerCase(), part)}
      >
        {() => (
          <Segments
            label={name}
            value={keepPostsDays === null ? 'ever' : 'limit'}
            options={[
              { value: 'ever', label: values.forEver },
              { value: 'limit', label: values.forSomeDays },
            ]}
            onChange={(choice) => change({ keepPostsDays: choice === 'ever' ? null : FIRST_LIMIT })}
          />
        )}
      </SettingRow>
      {keepPostsDays !== null && (
        <>
          <NumberSetting
            name={say.readFor}
            help={say.readForHelp}
            value={keepPostsDays}
            least={1}
            most={36_500}
            unit={values.days}
            error={errors.keepPostsDays}
            onChange={(days) => change({ keepPostsDays: days })}
          />
          <SettingRow name={say.plan} help={say.planHelp}>
            {() => (
              <Button onClick={look} isPending={isPending}>
                {say.showPlan}
              </Button>
            )}
          </SettingRow>
        </>
      )}
    </>
  );
};
