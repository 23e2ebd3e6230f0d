// @vitest-environment happy-dom
import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { expect, test } from 'vitest';
import type { Rule, RuleRow, RuleTest } from '../../../../preload/contract/rule.ts';
import { RulesScreen } from '../../../../renderer/rules/rules-screen.tsx';
import type { FakeCore } from '../../../helpers/fake-core.ts';
import { refuse, showScreen } from '../screen-kit.tsx';

const rule = (id: string, name: string, fields: Partial<Rule> = {}): Rule => ({
  id,
  name,
  enabled: true,
  order: 0,
  match: 'all',
  conditions: [{ field: 'title', operator: 'contains', value: name.toLowerCase() }],
  actions: { mute: {} },
  addedAt: '2026-11-20T03:00:00.000Z',
  ...fields,
});
const rows: RuleRow[] = [
  { rule: rule('r1', 'Rust'), muted: 3, isMuteOver: false },
  { rule: rule('r2', 'Zig', { enabled: false, actions: { star: true } }), muted: 0, isMuteOver: false },
  { rule: rule('r3', 'Sale', { actions: { mute: { until: '2026-11-19T00:00:00.000Z' } } }), muted: 0, isMuteOver: true },
];
const tried: RuleTest = {
  looked: 120,
  total: 120,
  matched: 2,
  posts: [
    {
      id: 'p1',
      title: 'About Rust again',
      sourceTitle: 'Saltmarsh',
      collectedAt: '2026-11-20T03:00:00.000Z',
      isRead: false,
      isStarred: false,
      inTitle: [[6, 10]],
      line: { text: 'a line with rust in it', found: [[12, 16]] },
    },
  ],
};
const fill = (core: FakeCore): void => {
  core.answers['rules.list'] = () => rows;
  core.answers['rules.test'] = () => tried;
};

test('the list says each rule in words and what it hides, and a rule that is removed can be put back', async () => {
  const { askedFor } = await showScreen(RulesScreen, '#/rules', (core) => {
    fill(core);
    core.answers['rules.remove'] = () => ({ rule: rows[0]?.rule as Rule, released: 3 });
    core.answers['rules.add'] = () => rows[0]?.rule as Rule;
  });
  expect(await screen.findByText('When the title contains “rust”: hide it')).toBeTruthy();
  expect(screen.getByText('2 on, 1 off')).toBeTruthy();
  expect(screen.getByRole('link', { name: 'Show 3 posts hidden by Rust' }).getAttribute('href')).toBe('#/posts/muted/r1');
  expect(screen.getByText('Its mute is over')).toBeTruthy();
  fireEvent.click(screen.getByRole('button', { name: 'More for Rust' }));
  fireEvent.click(await screen.findByRole('menuitem', { name: 'Remove' }));
  expect(await screen.findByText('Removed “Rust”. 3 posts came back')).toBeTruthy();
  fireEvent.click(screen.getByRole('button', { name: /^Undo/ }));
  await waitFor(() => expect(askedFor('rules.add')[0]).toMatchObject({ id: 'r1', order: 0 }));
});

test('when the rules cannot be read it says so and offers to try again', async () => {
  await showScreen(RulesScreen, '#/rules', (core) =>
    refuse(core, 'rules.list', { code: 'STORE_IO', message: 'The disk did not answer.' }),
  );
  expect(await screen.findByText('The disk did not answer.')).toBeTruthy();
  expect(screen.getByRole('button', { name: 'Try again' })).toBeTruthy();
});

test('a rule is moved and switched from its row', async () => {
  const { askedFor } = await showScreen(RulesScreen, '#/rules', (core) => {
    fill(core);
    core.answers['rules.reorder'] = () => rows;
    core.answers['rules.update'] = () => rows[1]?.rule as Rule;
  });
  fireEvent.click(await screen.findByRole('switch', { name: 'Zig on' }));
  fireEvent.click(screen.getByRole('button', { name: 'More for Zig' }));
  fireEvent.click(await screen.findByRole('menuitem', { name: 'Move up' }));
  await waitFor(() => expect(askedFor('rules.reorder')[0]).toEqual({ ids: ['r2', 'r1', 'r3'] }));
  expect(askedFor('rules.update')[0]).toEqual({ id: 'r2', patch: { enabled: true } });
});

test('without rules it says what they are for', async () => {
  await showScreen(RulesScreen, '#/rules', (core) => {
    core.answers['rules.list'] = () => [];
  });
  expect(await screen.findByRole('heading', { name: 'No rules yet' })).toBeTruthy();
});

test('the builder shows what fits, with the words marked', async () => {
  await showScreen(RulesScreen, '#/rules/r1', fill);
  const part = await screen.findByRole('region', { name: 'Posts here that fit' });
  expect(await within(part).findByText('2 of 120 posts fit')).toBeTruthy();
  expect([...part.querySelectorAll('mark')].map((mark) => mark.textContent)).toEqual(['Rust', 'rust']);
});

test('what is wrong stands at its field and nothing is saved', async () => {
  const { askedFor } = await showScreen(RulesScreen, '#/rules/new', (core) => {
    fill(core);
    refuse(core, 'rules.add', {
      code: 'IPC_INVALID',
      message: 'The pattern cannot be read: missing closing ).',
      field: 'conditions.0.value',
    });
  });
  const value = await screen.findByRole('textbox', { name: 'What condition 1 looks for' });
  fireEvent.click(screen.getByRole('button', { name: 'Save rule' }));
  expect(await screen.findByText('Say what to look for.')).toBeTruthy();
  expect(value.getAttribute('aria-invalid')).toBe('true');
  fireEvent.change(value, { target: { value: '(' } });
  fireEvent.click(screen.getByRole('button', { name: 'Save rule' }));
  expect(await screen.findByText('Say what is to be done with posts that fit.')).toBeTruthy();
  expect(askedFor('rules.add')).toEqual([]);
  fireEvent.click(screen.getByRole('checkbox', { name: 'Star' }));
  fireEvent.click(screen.getByRole('button', { name: 'Save rule' }));
  expect(await screen.findByText('The pattern cannot be read: missing closing ).')).toBeTruthy();
});
