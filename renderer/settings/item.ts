import type { ReactNode } from 'react';
import type { Settings, SettingsPatch } from '../../preload/contract/settings.ts';
import type { AppStatus } from '../../preload/contract/status.ts';
import { words } from '../words/words.ts';

/** What every row of the settings is given. */
export type Part = {
  settings: Settings;
  /** What the core said against the last change, by the field it was about. */
  errors: Partial<Record<keyof Settings, string>>;
  change: (patch: SettingsPatch) => void;
  status: AppStatus | undefined;
};
export type SectionId = keyof typeof words.settings.screen.sections;
/** A setting that has a row of its own. */
export type SettingKey = keyof typeof words.settings.rows;

/** A row, or rows that belong together: where they stand, what finds them, and how they are drawn. */
export type Item = {
  id: string;
  section: SectionId;
  text: string;
  isThere?: (part: Part) => boolean;
  body: (part: Part) => ReactNode;
};

/** The words of a setting's row: its name and its help. */
export const rowWords = (key: SettingKey): { name: string; help: string } => words.settings.rows[key];

/** The rows that have every typed word in their name, their help or the title of their section. */
export const matching = (items: readonly Item[], typed: string): Item[] => {
  const wanted = typed.toLocaleLowerCase().split(/\s+/).filter(Boolean);
  return items.filter(({ section, text }) => {
    const all = `${words.settings.screen.sections[section]} ${text}`.toLocaleLowerCase();
    return wanted.every((word) => all.includes(word));
  });
};
