// @vitest-environment happy-dom
import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { describe, expect, test } from 'vitest';
import { AppError } from '../../../../preload/contract/errors.ts';
import type { SavedSearch } from '../../../../preload/contract/saved-search.ts';
import { SearchesScreen } from '../../../../renderer/searches/searches-screen.tsx';
import type { FakeCore } from '../../../helpers/fake-core.ts';
import { showScreen } from '../screen-kit.tsx';

const saved = (place: number, name: string, search: string): SavedSearch => ({
  ...{ id: `q${place}`, name, search, place, addedAt: '2026-11-20T10:00:00.000Z' },
});
const rows = [saved(0, 'Tides', 'tide OR moon'), saved(1, 'By Ada', 'author:ada is:unread')];
const withSearches = (core: FakeCore): void => {
  core.answers['searches.list'] = () => rows;
};

describe('the screen of saved searches', () => {
  test('lists them in order, with what they ask for and a link to what they find', async () => {
    await showScreen(SearchesScreen, '#/searches', withSearches);
    const links = screen.getAllByRole('link').map((link) => [link.textContent, link.getAttribute('href')]);
    expect(links).toEqual([
      ['Tides', '#/posts/saved/q0'],
      ['By Ada', '#/posts/saved/q1'],
    ]);
    expect(screen.getByText('author:ada is:unread')).toBeTruthy();
  });

  test('moves one down by its button; the last cannot go further', async () => {
    const { askedFor } = await showScreen(SearchesScreen, '#/searches', withSearches);
    fireEvent.click(screen.getByRole('button', { name: 'Move “Tides” down' }));
    await waitFor(() => expect(askedFor('searches.order')).toEqual([{ ids: ['q1', 'q0'] }]));
    expect(screen.getByRole('button', { name: 'Move “By Ada” down' })).toHaveProperty('disabled', true);
  });

  test('removes one, and undo puts it back at its place', async () => {
    const { askedFor } = await showScreen(SearchesScreen, '#/searches', (core) => {
      withSearches(core);
      core.answers['searches.remove'] = () => ({ removed: true });
      core.answers['searches.save'] = () => rows[1] as SavedSearch;
    });
    fireEvent.click(screen.getByRole('button', { name: 'Remove “By Ada”' }));
    fireEvent.click(await screen.findByRole('button', { name: /^Undo/ }));
    const { addedAt: _addedAt, ...back } = rows[1] as SavedSearch;
    await waitFor(() => expect(askedFor('searches.save')).toEqual([back]));
  });

  test('changes one in a dialog, which stays open and says why when the name is taken', async () => {
    const { askedFor } = await showScreen(SearchesScreen, '#/searches', (core) => {
      withSearches(core);
      core.answers['searches.save'] = () => {
        throw new AppError('CONFLICT', 'There is a saved search “By Ada” already. Choose another name.');
      };
    });
    fireEvent.click(screen.getByRole('button', { name: 'Change “Tides”' }));
    const dialog = await screen.findByRole('dialog', { name: 'Change the search', hidden: true });
    fireEvent.change(within(dialog).getByLabelText('Name'), { target: { value: ' By Ada ' } });
    fireEvent.submit(dialog.querySelector('form') as HTMLFormElement);
    expect(await within(dialog).findByText(/already/)).toBeTruthy();
    expect(askedFor('searches.save')).toEqual([{ id: 'q0', name: 'By Ada', search: 'tide OR moon' }]);
  });

  test('says how to save one while there are none', async () => {
    await showScreen(SearchesScreen, '#/searches', (core) => {
      core.answers['searches.list'] = () => [];
    });
    expect(await screen.findByRole('heading', { name: 'No search is saved yet' })).toBeTruthy();
    expect(screen.getByRole('link', { name: 'Search posts' }).getAttribute('href')).toBe('#/posts/all?find=1');
  });
});
