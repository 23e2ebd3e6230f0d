import { z } from 'zod';
import { AppError } from '../../preload/contract/errors.ts';
import { type Settings, settingsSchema } from '../../preload/contract/settings.ts';

/*
 * Settings in a file, for another computer. What is in it is named one by one: no place of a window, nothing of this computer alone, no
 * account and no address that could let others in.
 */

const KEYS = [
  'fetchIntervalMinutes',
  'adaptiveIntervals',
  'timeoutSeconds',
  'lanes',
  'hackerNewsApi',
  'appearance',
  'density',
  'readingSize',
  'region',
  'hideReadSources',
  'groupDuplicates',
  'trayCount',
  'keepRunsDays',
  'keepPostsDays',
  'updateCheck',
] as const satisfies readonly (keyof Settings)[];
type Key = (typeof KEYS)[number];

const FORMAT = 'tidings-settings';
const fileSchema = z.object({ format: z.literal(FORMAT), version: z.literal(1), settings: z.record(z.string(), z.unknown()) });

/** The settings as the text of a file. */
export const settingsText = (settings: Settings): string => {
  const told = Object.fromEntries(KEYS.map((key) => [key, settings[key]]));
  return `${JSON.stringify({ format: FORMAT, version: 1, settings: told }, undefined, 2)}\n`;
};

/** What a file of settings holds: what can be taken over, and what is not known here. */
export type SettingsFile = { patch: Partial<Pick<Settings, Key>>; leftOut: string[] };

const isKey = (key: string): key is Key => (KEYS as readonly string[]).includes(key);
const wrong = (): AppError =>
  new AppError('IPC_INVALID', 'This is not a file of settings that Tidings wrote.', { field: 'text' });

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    throw wrong();
  }
};

/** Reads a file of settings. Throws IPC_INVALID for what is none, and for a value that cannot be; then nothing is taken over. */
export const readSettings = (text: string): SettingsFile => {
  const file = fileSchema.safeParse(parse(text));
  if (!file.success) throw wrong();
  const patch: Record<string, unknown> = {};
  const leftOut: string[] = [];
  for (const [key, value] of Object.entries(file.data.settings)) {
    if (!isKey(key)) {
      leftOut.push(key.slice(0, 40));
      continue;
    }
    const read = settingsSchema.shape[key].safeParse(value);
    if (!read.success)
      throw new AppError('IPC_INVALID', `The value of "${key}" in this file cannot be. Nothing was changed.`, { field: 'text' });
    patch[key] = read.data;
  }
  return { patch: patch as SettingsFile['patch'], leftOut: leftOut.slice(0, 50) };
};
