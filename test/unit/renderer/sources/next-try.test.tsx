// @vitest-environment happy-dom
import { fireEvent, screen, within } from '@testing-library/react';
import { expect, test } from 'vitest';
import type { Reason } from '../../../../preload/contract/source.ts';
import { SourcesScreen } from '../../../../renderer/sources/sources-screen.tsx';
import { showScreen } from '../screen-kit.tsx';

const MINUTE = 60_000;

test('B-24: the next try of a source opens the chain of reasons: base, what was learnt, and the one that wins last and marked', async () => {
  const now = Date.now();
  const at = (minutes: number): string => new Date(now + minutes * MINUTE).toISOString();
  const busy = 'Most of its posts come from 14:00 to 18:00 UTC. At other hours it is asked every 5 hours.';
  const why: Reason[] = [
    { kind: 'busy-hours', text: busy, until: at(240) },
    { kind: 'ttl', text: 'The feed asks to be read every 1 hour at most.', until: at(50) },
    { kind: 'interval', text: 'Every 30 minutes.', until: at(20) },
  ];
  await showScreen(SourcesScreen, '#/sources/saltmarsh', ({ data }) => {
    const row = data.sources.find(({ source }) => source.id === 'saltmarsh');
    if (!row) throw new Error('There is no such source.');
    Object.assign(row, { why, nextTryAt: at(240), recent: [] });
  });
  fireEvent.click(await screen.findByRole('button', { name: /Why Saltmarsh Systems is asked then$/ }));
  const links = within(screen.getByRole('list', { name: 'Reasons' })).getAllByRole('listitem');
  const said = links.map((link) => link.textContent ?? '');
  expect(said.map((text, place) => text.includes(why.toReversed()[place]?.text ?? '?'))).toEqual([true, true, true]);
  expect(links.map((link) => link.className)).toEqual(['', '', 'why-wins']);
});
