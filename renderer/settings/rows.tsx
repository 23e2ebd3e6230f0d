import type { ReactNode } from 'react';
import { DEFAULT_SETTINGS } from '../../preload/contract/default-settings.ts';
import type { Settings, SettingsPatch } from '../../preload/contract/settings.ts';
import { Segments, Switch } from '../ui/choices.tsx';
import { words } from '../words/words.ts';
import { type Item, type Part, rowWords, type SectionId, type SettingKey } from './item.ts';
import { NumberSetting } from './number-setting.tsx';
import { type Default, SettingRow } from './setting-row.tsx';

const { values: say } = words.settings;

/** The default of a setting in words, and the way back to it. */
export const defaultOf = (key: SettingKey, inWords: string, { settings, change }: Part): Default => ({
  words: inWords,
  isChanged: settings[key] !== DEFAULT_SETTINGS[key],
  reset: () => change({ [key]: DEFAULT_SETTINGS[key] } as SettingsPatch),
});

const itemOf = (key: SettingKey, section: SectionId, body: (part: Part) => ReactNode): Item => {
  const { name, help } = rowWords(key);
  return { id: key, section, text: `${name} ${help}`, body };
};

type KeyOf<Value> = { [Key in SettingKey]: Settings[Key] extends Value ? Key : never }[SettingKey];

/** A setting that is on or off. */
export const switchItem = (key: KeyOf<boolean>, section: SectionId, aside: (part: Part) => string = () => ''): Item =>
  itemOf(key, section, (part) => {
    const { name, help } = rowWords(key);
    return (
      <SettingRow
        name={name}
        help={`${help} ${aside(part)}`.trim()}
        error={part.errors[key]}
        byDefault={defaultOf(key, DEFAULT_SETTINGS[key] ? say.on : say.off, part)}
      >
        {({ describedBy }) => (
          <Switch
            label={name}
            describedBy={describedBy}
            isOn={part.settings[key]}
            onChange={(isOn) => part.change({ [key]: isOn })}
          />
        )}
      </SettingRow>
    );
  });

/** A setting that is one of a few. */
export const choiceItem = <Key extends 'appearance' | 'density'>(
  key: Key,
  section: SectionId,
  options: readonly { value: Settings[Key]; label: string }[],
): Item =>
  itemOf(key, section, (part) => {
    const usual = options.find(({ value }) => value === DEFAULT_SETTINGS[key])?.label.toLocaleLowerCase() ?? '';
    return (
      <SettingRow {...rowWords(key)} error={part.errors[key]} byDefault={defaultOf(key, usual, part)}>
        {() => (
          <Segments
            label={rowWords(key).name}
            value={part.settings[key]}
            options={options}
            onChange={(value) => part.change({ [key]: value } as SettingsPatch)}
          />
        )}
      </SettingRow>
    );
  });

/** A setting that is a whole number of something. */
export const numberItem = (
  key: KeyOf<number>,
  section: SectionId,
  { least, most, unit }: { least: number; most: number; unit: string },
): Item =>
  itemOf(key, section, (part) => (
    <NumberSetting
      {...rowWords(key)}
      value={part.settings[key]}
      least={least}
      most={most}
      unit={unit}
      error={part.errors[key]}
      byDefault={defaultOf(key, say.amount(DEFAULT_SETTINGS[key], unit), part)}
      onChange={(value) => part.change({ [key]: value })}
    />
  ));

/** A setting with a control of its own. */
export const ownItem = itemOf;
