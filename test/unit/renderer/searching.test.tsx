// @vitest-environment happy-dom
import { act, fireEvent, screen, waitFor } from '@testing-library/react';
import { describe, expect, test, vi } from 'vitest';
import type { SearchMeaning, SearchPart } from '../../../preload/contract/saved-search.ts';
import { searchPattern } from '../../../renderer/posts/highlight.tsx';
import { forgetSearches, recentSearches, rememberSearch } from '../../../renderer/posts/recent-searches.ts';
import { SearchBand } from '../../../renderer/posts/search-band.tsx';
import { SearchField } from '../../../renderer/posts/search-field.tsx';
import { partWords, withoutPart } from '../../../renderer/posts/search-words.ts';
import type { FakeCore } from '../../helpers/fake-core.ts';
import { showScreen } from './screen-kit.tsx';

const marks = (search: string, text: string): string[] => text.match(searchPattern(search)?.(text) ?? /$^/g) ?? [];

describe('which words are marked', () => {
  test.each([
    ['tide moo', 'Tide, tides, moon, mood', ['Tide', 'moon', 'mood']],
    ['"high tide" x', 'high tides, tide x1', ['high', 'tide', 'x1']],
    ['author:ada tide', 'Ada on the tide', ['tide']],
    ['tide author:ada score>10 is:unread -moon OR after:7d', 'Tidelands unread moon OR 10', ['Tidelands']],
    ['title:tid body:moon', 'tides and moons', ['tides', 'moons']],
    ['foo:bar', 'foo: bar', ['foo', 'bar']],
    ['author:ada', 'ada', []],
    ['"', '"', []],
    ['tide', 'tidé, tides, étide, Tide’s', ['tides', 'Tide']],
    ['étid', 'Étide, tide', ['Étide']],
  ])('%s in %j', (search, text, expected) => {
    expect(marks(search, text)).toEqual(expected);
  });
});

describe('what a piece of a search is called', () => {
  const part = (more: Partial<SearchPart>): SearchPart => ({ field: 'words', value: 'x', from: 0, to: 1, ...more });
  test.each<[Partial<SearchPart>, string]>([
    [{ field: 'author', value: 'Ada' }, 'by Ada'],
    [{ field: 'is', value: 'unread', isNot: true }, 'not unread'],
    [{ field: 'score', value: '100', op: '>' }, 'score above 100'],
    [{ field: 'has', value: 'audio', isOr: true }, 'or with audio'],
    [{ field: 'source', value: 'Hacker News' }, 'from Hacker News'],
    [{ field: 'after', value: '2020-11-05', at: '2020-11-05T12:00:00.000Z' }, 'since 5 Nov 2020'],
  ])('%j is %s', (more, expected) => {
    expect(partWords(part(more))).toBe(expected);
  });
  test('a search goes on without a piece, wherever it stood', () => {
    expect(withoutPart('a  is:unread b', part({ from: 3, to: 12 }))).toBe('a b');
    expect(withoutPart('is:unread', part({ from: 0, to: 9 }))).toBe('');
  });
});

test('recent searches are remembered once each, the longer of two that go on, and are forgotten on demand', () => {
  forgetSearches();
  for (const text of ['t', 'tid', 'tide', 'moon', 'tide']) rememberSearch(text);
  expect(recentSearches()).toEqual(['tide', 'moon']);
  localStorage.setItem('tidings.searches', '{broken');
  expect(recentSearches()).toEqual([]);
});

const meaning: SearchMeaning = {
  parts: [
    { field: 'source', value: 'Gazette', from: 0, to: 14 },
    { field: 'after', value: '2026-13', problem: 'date', from: 15, to: 28 },
  ],
  suggestions: [{ kind: 'operator', insert: 'source:', from: 0, to: 2 }],
};
const withMeaning = (core: FakeCore): void => {
  core.answers['searches.explain'] = () => meaning;
};

describe('the search field', () => {
  test('offers what could be typed; arrows choose, Tab takes, Esc closes', async () => {
    await showScreen(({ view }) => <SearchField view={view} />, '#/posts/all', withMeaning);
    const field = screen.getByRole('combobox', { name: 'Search posts' });
    fireEvent.focus(field);
    fireEvent.change(field, { target: { value: 'so' } });
    await screen.findByRole('option', { name: 'source:' });
    fireEvent.keyDown(field, { key: 'Escape' });
    expect(field.getAttribute('aria-expanded')).toBe('false');
    for (const value of ['s', 'so']) fireEvent.change(field, { target: { value } });
    const offer = await screen.findByRole('option', { name: 'source:' });
    expect(field.getAttribute('aria-expanded')).toBe('true');
    fireEvent.keyDown(field, { key: 'ArrowDown' });
    expect(field.getAttribute('aria-activedescendant')).toBe(offer.id);
    fireEvent.keyDown(field, { key: 'Tab' });
    expect((field as HTMLInputElement).value).toBe('source:');
    await waitFor(() => expect(location.hash).toBe('#/posts/all?q=source%3A'));
  });

  test('keeps what was chosen when the same offers come once more', async () => {
    const { askedFor } = await showScreen(({ view }) => <SearchField view={view} />, '#/posts/all', withMeaning);
    const field = screen.getByRole<HTMLInputElement>('combobox', { name: 'Search posts' });
    field.focus();
    fireEvent.change(field, { target: { value: 'so' } });
    await screen.findByRole('option', { name: 'source:' });
    fireEvent.keyDown(field, { key: 'ArrowDown' });
    const asked = askedFor('searches.explain').length;
    field.setSelectionRange(1, 1);
    fireEvent.keyUp(field, { key: 'ArrowLeft' });
    await waitFor(() => expect(askedFor('searches.explain').length).toBeGreaterThan(asked));
    expect((await screen.findByRole('option', { name: 'source:' })).getAttribute('aria-selected')).toBe('true');
    fireEvent.change(field, { target: { value: 'sou' } });
    expect((await screen.findByRole('option', { name: 'source:' })).getAttribute('aria-selected')).toBe('false');
  });

  test('writes the address when the hand rests, and not over a place somebody went to meanwhile', async () => {
    await showScreen(({ view }) => <SearchField view={view} />, '#/posts/all?q=a');
    vi.useFakeTimers();
    const field = screen.getByRole('combobox', { name: 'Search posts' });
    fireEvent.change(field, { target: { value: 'ab' } });
    expect(location.hash).toBe('#/posts/all?q=a');
    location.hash = '#/sources';
    act(() => vi.advanceTimersByTime(1000));
    expect(location.hash).toBe('#/sources');
    vi.useRealTimers();
  });
});

describe('what stands over the list while something is searched', () => {
  test('says what was understood and what is no date, and a piece is taken out by its chip', async () => {
    await showScreen(({ view }) => <SearchBand view={view} />, '#/posts/all?q=source%3AGazette+after%3A2026-13', withMeaning);
    expect(await screen.findByText(/^after:2026-13 is no date/)).toBeTruthy();
    fireEvent.click(screen.getByRole('button', { name: 'Remove “from Gazette” from the search' }));
    await waitFor(() => expect(location.hash).toBe('#/posts/all?q=after%3A2026-13'));
  });

  test('saves the search under a name and goes to it', async () => {
    const { askedFor } = await showScreen(
      ({ view }) => <SearchBand view={view} />,
      '#/posts/all?q=tide',
      (core) => {
        core.answers['searches.save'] = () => ({
          id: 'q9',
          name: 'Tides',
          search: 'tide',
          place: 0,
          addedAt: '2026-11-20T10:00:00.000Z',
        });
      },
    );
    fireEvent.keyDown(document.body, { key: 'S' });
    const name = await screen.findByLabelText('Name');
    fireEvent.change(name, { target: { value: 'Tides' } });
    fireEvent.submit(name.closest('form') as HTMLFormElement);
    await waitFor(() => expect(location.hash).toBe('#/posts/saved/q9'));
    expect(askedFor('searches.save')).toEqual([{ name: 'Tides', search: 'tide' }]);
  });
});
