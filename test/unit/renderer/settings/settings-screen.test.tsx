// @vitest-environment happy-dom
import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { afterEach, expect, test } from 'vitest';
import { DEFAULT_SETTINGS, settingsSchema } from '../../../../preload/contract/settings.ts';
import { HelpScreen } from '../../../../renderer/help/help-screen.tsx';
import { ITEMS } from '../../../../renderer/settings/items.tsx';
import { regionChoices } from '../../../../renderer/settings/regions.ts';
import { SettingsScreen } from '../../../../renderer/settings/settings-screen.tsx';
import { english } from '../../../../renderer/words/english/english.ts';
import { HOUSE_STYLE, regionOf, writeAs } from '../../../../renderer/words/locale.ts';
import { refuse, showScreen } from '../screen-kit.tsx';

/* Kept for the hosts or set elsewhere: the window's place, what was told once, and the pause of all schedules. */
const ELSEWHERE = ['window', 'panes', 'toldAboutTray', 'welcomed', 'firstSteps', 'pausedUntil', 'notifications', 'mail'];

afterEach(() => writeAs(HOUSE_STYLE));

test('asking quiet feeds less often is on at first, says what it does, and is switched off at once', async () => {
  const { askedFor } = await showScreen(SettingsScreen, '#/settings/fetching');
  const control = await screen.findByRole('switch', { name: 'Ask quiet feeds less often' });
  expect(control.getAttribute('aria-checked')).toBe('true');
  const help = document.getElementById(control.getAttribute('aria-describedby') ?? '');
  expect(help?.textContent).toContain('at least once a day');
  expect(help?.textContent).toContain('By default: on.');
  fireEvent.click(control);
  await waitFor(() => expect(askedFor('settings.update')).toEqual([{ patch: { adaptiveIntervals: false } }]));
  await waitFor(() => expect(control.getAttribute('aria-checked')).toBe('false'));
});

test.each([
  ['65', 'At most 64 requests.'],
  ['0', 'At least 1 requests.'],
  ['many', 'Write a whole number of requests.'],
  ['', 'Write a whole number of requests.'],
])('the number %j is refused at its field in words and not sent', async (typed, words) => {
  const { askedFor } = await showScreen(SettingsScreen, '#/settings/fetching');
  const lanes = await screen.findByRole('textbox', { name: 'Requests at once' });
  fireEvent.change(lanes, { target: { value: typed } });
  fireEvent.blur(lanes);
  expect(screen.getByText(words)).toBeTruthy();
  expect(lanes.getAttribute('aria-invalid')).toBe('true');
  expect(askedFor('settings.update')).toEqual([]);
});

test('a number being written stays, whatever other settings come, and its old value never shows up between the change and its answer', async () => {
  const { core, announce } = await showScreen(SettingsScreen, '#/settings', (fake) => {
    // Settings come as copies, as over a wire.
    fake.answers['settings.get'] = () => ({ ...fake.data.settings });
  });
  const lanes = await screen.findByRole<HTMLInputElement>('textbox', { name: 'Requests at once' });
  lanes.focus();
  fireEvent.change(lanes, { target: { value: '8' } });
  core.data.settings = { ...core.data.settings, lanes: 12, density: 'compact' };
  await announce({ name: 'settings.changed', data: { settings: core.data.settings } });
  await screen.findByRole('button', { name: /^Back to default: Rows/ });
  expect(lanes.value).toBe('8');
  const shown = new Set<string>();
  const watch = new MutationObserver(() => shown.add(lanes.value));
  watch.observe(document.body, { subtree: true, childList: true, attributes: true, characterData: true });
  fireEvent.keyDown(lanes, { key: 'Enter' });
  await waitFor(() => expect(core.data.settings.lanes).toBe(8));
  lanes.blur();
  await waitFor(() => expect(screen.getByRole('button', { name: /^Back to default: Requests at once/ })).toBeTruthy());
  watch.disconnect();
  expect([...shown].filter((value) => value !== '8')).toEqual([]);
  expect(lanes.value).toBe('8');
});

test('C-19: every setting there is has a row with a help of its own and its default, and the help page has it too', async () => {
  const shown = Object.keys(settingsSchema.shape).filter((key) => !ELSEWHERE.includes(key));
  const rows = english.settings.rows as Record<string, { name: string; help: string }>;
  expect(Object.keys(rows).toSorted()).toEqual(shown.toSorted());
  expect(shown.filter((key) => !ITEMS.some(({ id }) => id === key))).toEqual([]);

  await showScreen(SettingsScreen, '#/settings', (fake) => {
    fake.data.status = { ...fake.data.status, host: 'desktop' };
  });
  await screen.findByRole('switch', { name: 'Run schedules' });
  for (const key of shown) {
    const row = screen.getByText(rows[key]?.name ?? '', { selector: '.setting-name' }).closest('.setting');
    expect(row?.textContent, key).toContain(rows[key]?.help);
    expect(row?.textContent, key).toMatch(/By default: .+\./);
    expect((rows[key]?.help ?? '').length, key).toBeGreaterThan(40);
  }
});

test('the help page documents every setting', async () => {
  await showScreen(HelpScreen, '#/help');
  for (const { name, help } of Object.values(english.settings.rows)) {
    expect(screen.getByText(name, { selector: 'dt' }).nextElementSibling?.textContent).toBe(help);
  }
});

test('a changed setting leads back to its default, an unchanged one has no such button', async () => {
  const { askedFor } = await showScreen(SettingsScreen, '#/settings', (core) => {
    core.data.settings = { ...core.data.settings, lanes: 4, density: 'compact' };
  });
  const back = await screen.findByRole('button', { name: 'Back to default: Requests at once, 64 requests' });
  expect(screen.getAllByText('Back to default')).toHaveLength(2);
  fireEvent.click(back);
  await waitFor(() => expect(askedFor('settings.update')).toEqual([{ patch: { lanes: DEFAULT_SETTINGS.lanes } }]));
  await waitFor(() => expect(screen.getAllByText('Back to default')).toHaveLength(1));
  expect(screen.getByRole('button', { name: /^Back to default: Rows, comfortable$/ })).toBeTruthy();
});

test('a field narrows the settings to the words typed, says when nothing is left, and Escape brings all back', async () => {
  await showScreen(SettingsScreen, '#/settings');
  const find = await screen.findByRole('searchbox', { name: 'Find a setting' });
  fireEvent.change(find, { target: { value: 'host REQUEST' } });
  expect([...document.querySelectorAll('.setting-name')].map((name) => name.textContent)).toEqual(['Requests at once']);
  expect(within(screen.getByRole('navigation')).getAllByRole('link')).toHaveLength(1);
  fireEvent.change(find, { target: { value: 'zeppelin' } });
  expect(screen.getByText('No setting is called that')).toBeTruthy();
  fireEvent.keyDown(find, { key: 'Escape' });
  expect(screen.getByRole('switch', { name: 'Run schedules' })).toBeTruthy();
});

test('dates and numbers show an example as they are written now, and a chosen region is sent', async () => {
  const { askedFor } = await showScreen(SettingsScreen, '#/settings');
  const region = await screen.findByRole('combobox', { name: 'Dates and numbers' });
  const example = screen.getByRole('status', { name: 'Example' });
  expect(example.textContent).toContain('2 Oct 2024; 18,402.5; a week begins on Monday');
  fireEvent.change(region, { target: { value: 'en-US' } });
  await waitFor(() => expect(askedFor('settings.update')).toEqual([{ patch: { region: 'en-US' } }]));
  writeAs(regionOf('en-US', 'de'));
  await waitFor(() => expect(example.textContent).toContain('Oct 2, 2024; 18,402.5; a week begins on Sunday'));
});

test('a region that is set and not in the list is in it all the same', () => {
  expect(regionChoices('eo').some(({ value }) => value === 'eo')).toBe(true);
  expect(regionChoices('system')[0]).toEqual({ value: 'system', label: 'As this computer' });
  expect(regionChoices('system').length).toBeGreaterThan(60);
});

test('what the core refuses is said at its row, and settings that cannot be read have a way on', async () => {
  const { core } = await showScreen(SettingsScreen, '#/settings');
  refuse(core, 'settings.update', { code: 'BAD_INPUT', message: 'Nothing could be written.' });
  fireEvent.click(await screen.findByRole('switch', { name: 'Run schedules' }));
  expect(await screen.findByText('Nothing could be written.')).toBeTruthy();
  expect(screen.getByRole('switch', { name: 'Run schedules' }).getAttribute('aria-checked')).toBe('true');
});
