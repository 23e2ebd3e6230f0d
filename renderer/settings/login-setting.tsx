import { useAction } from '../client/use-action.ts';
import { useQuery } from '../client/use-query.ts';
import { Switch } from '../ui/choices.tsx';
import { SettingRow } from './setting-row.tsx';

/** Start at login, as the system itself says it stands. */
export const LoginSetting = () => {
  const desktop = useQuery('desktop.get', {}, ['status.changed', 'settings.changed']);
  const set = useAction('desktop.setStartAtLogin');
  const change = async (on: boolean) => {
    await set.run({ on });
    desktop.reload();
  };
  return (
    <SettingRow
      name="Start at login"
      help="Starts in the tray, without a window."
      error={set.error?.message ?? desktop.error?.message}
    >
      {({ describedBy }) => (
        <Switch
          label="Start at login"
          describedBy={describedBy}
          isOn={desktop.data?.startAtLogin ?? false}
          disabled={!desktop.data || set.isPending}
          onChange={(on) => void change(on)}
        />
      )}
    </SettingRow>
  );
};
