import { useAction } from '../client/use-action.ts';
import { useQuery } from '../client/use-query.ts';
import { Switch } from '../ui/choices.tsx';
import { words } from '../words/words.ts';
import { SettingRow } from './setting-row.tsx';

const { login: say } = words.settings;

/** Start at login, as the system itself says it stands. */
export const LoginSetting = () => {
  const desktop = useQuery('desktop.get', {}, ['status.changed', 'settings.changed']);
  const set = useAction('desktop.setStartAtLogin');
  const change = async (on: boolean) => {
    await set.run({ on });
    desktop.reload();
  };
  return (
    <SettingRow name={say.name} help={say.help} error={set.error?.message ?? desktop.error?.message}>
      {({ describedBy }) => (
        <Switch
          label={say.name}
          describedBy={describedBy}
          isOn={desktop.data?.startAtLogin ?? false}
          disabled={!desktop.data || set.isPending}
          onChange={(on) => void change(on)}
        />
      )}
    </SettingRow>
  );
};
