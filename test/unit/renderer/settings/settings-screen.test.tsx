// @vitest-environment happy-dom
import { fireEvent, screen, waitFor } from '@testing-library/react';
import { expect, test } from 'vitest';
import { SettingsScreen } from '../../../../renderer/settings/settings-screen.tsx';
import { showScreen } from '../screen-kit.tsx';

test('asking quiet feeds less often is on at first, says what it does, and is switched off at once', async () => {
  const { askedFor } = await showScreen(SettingsScreen, '#/settings/fetching');
  const control = await screen.findByRole('switch', { name: 'Ask quiet feeds less often' });
  expect(control.getAttribute('aria-checked')).toBe('true');
  const help = document.getElementById(control.getAttribute('aria-describedby') ?? '');
  expect(help?.textContent).toContain('at least once a day');
  fireEvent.click(control);
  await waitFor(() => expect(askedFor('settings.update')).toEqual([{ patch: { adaptiveIntervals: false } }]));
  await waitFor(() => expect(control.getAttribute('aria-checked')).toBe('false'));
});

test('a number outside its bounds is refused in words and not sent', async () => {
  const { askedFor } = await showScreen(SettingsScreen, '#/settings/fetching');
  const lanes = await screen.findByRole('textbox', { name: 'Requests at once' });
  fireEvent.change(lanes, { target: { value: '65' } });
  fireEvent.blur(lanes);
  expect(screen.getByText('At most 64 lanes.')).toBeTruthy();
  expect(askedFor('settings.update')).toEqual([]);
});
