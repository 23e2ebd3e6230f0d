import type { Settings, SettingsPatch } from '../../preload/contract/settings.ts';
import { Switch } from '../ui/choices.tsx';
import { words } from '../words/words.ts';
import { SettingRow } from './setting-row.tsx';

const { settings: say } = words.posts;
type Name = 'groupDuplicates' | 'hideReadSources';
const NAMES: readonly Name[] = ['groupDuplicates', 'hideReadSources'];

/** What lists of posts and the sidebar leave out. */
export const ListSettings = ({
  settings,
  errors,
  change,
}: {
  settings: Settings;
  errors: Partial<Record<keyof Settings, string>>;
  change: (patch: SettingsPatch) => void;
}) =>
  NAMES.map((name) => (
    <SettingRow key={name} name={say[name].name} help={say[name].help} error={errors[name]}>
      {({ describedBy }) => (
        <Switch
          label={say[name].name}
          describedBy={describedBy}
          isOn={settings[name]}
          onChange={(isOn) => change({ [name]: isOn })}
        />
      )}
    </SettingRow>
  ));
