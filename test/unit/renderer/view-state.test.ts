import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseView, viewHref } from '../../../renderer/client/view-state.ts';
import { placeHref, placeQuery, placeTitle, readPlace } from '../../../renderer/posts/post-view.ts';

describe('the place of the window in its address', () => {
  it('any path and params are read back as they were written', () => {
    const word = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 });
    const name = fc.stringMatching(/^[a-z]{1,8}$/);
    fc.assert(
      fc.property(fc.array(word, { minLength: 1, maxLength: 4 }), fc.dictionary(name, word, { maxKeys: 3 }), (path, params) => {
        const read = parseView(viewHref(path, params));
        expect(read.path).toEqual(path);
        expect({ ...read.params }).toEqual({ ...params });
      }),
    );
  });
  it.each(['', '#', '#k=abc', '#today', 'x'])('an address without a place (%s) is the empty path', (hash) => {
    expect(parseView(hash).path).toEqual([]);
  });
  it('a broken escape is taken as it stands', () => {
    expect(parseView('#/posts/%E0%A4%A').path).toEqual(['posts', '%E0%A4%A']);
  });
  it('empty params are left out', () => {
    expect(viewHref(['posts', 'all'], { q: '', unread: undefined, post: 'p1' })).toBe('#/posts/all?post=p1');
  });
});

describe('which posts a place means', () => {
  it('a view, a search and an open post', () => {
    const place = readPlace(parseView('#/posts/starred?q=tide%20tables&post=p7&unread=1'));
    expect(placeQuery(place)).toEqual({ view: 'starred', unreadOnly: true, search: 'tide tables' });
    expect(place.postId).toBe('p7');
    expect(placeTitle(place)).toBe('Starred');
  });
  it('a folder may have a slash in its name', () => {
    const place = readPlace(parseView(viewHref(['posts', 'folder', 'Sea/side', 'Ports'])));
    expect(placeQuery(place)).toEqual({ view: 'all', folder: ['Sea/side', 'Ports'] });
    expect(placeTitle(place)).toBe('Ports');
    expect(readPlace(parseView(placeHref(place)))).toEqual(place);
  });
  it('a source takes its title from outside', () => {
    const place = readPlace(parseView('#/posts/source/s1'));
    expect(placeQuery(place)).toEqual({ view: 'all', sourceId: 's1' });
    expect(placeTitle(place, 'Slow Databases')).toBe('Slow Databases');
  });
  it.each(['#/posts', '#/posts/nonsense', '#/posts/toString', '#/posts/source'])('%s is Today', (hash) => {
    expect(readPlace(parseView(hash)).view).toBe('today');
  });
  it('a search longer than the core accepts is cut', () => {
    expect(placeQuery(readPlace({ path: ['posts', 'all'], params: { q: 'x'.repeat(600) } })).search).toHaveLength(500);
  });
});
