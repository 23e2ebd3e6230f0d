import { describe, expect, it } from 'vitest';
import { groupRows } from '../../../renderer/posts/group-rows.ts';
import { searchPattern, snippet } from '../../../renderer/posts/highlight.tsx';
import { listMeta } from '../../../renderer/posts/list-pane.tsx';
import { readPlace } from '../../../renderer/posts/post-view.ts';
import { commentsUrl, readingMinutes } from '../../../renderer/posts/reading.ts';
import { joinTail } from '../../../renderer/posts/use-posts.ts';
import { folderKey, treeLines } from '../../../renderer/shell/folder-tree.ts';
import { articleHtml } from '../../../renderer/ui/trusted-html.ts';
import { starters } from '../../../renderer/welcome/starters.ts';
import { inventData } from '../../helpers/invented-data.ts';

const NOW = Date.parse('2026-10-14T08:48:00.000Z');
const data = inventData(NOW, 120);

describe('posts as lines of a list', () => {
  it('each stretch that one run brought has one head with its number', () => {
    const lines = groupRows(data.posts, 'run', false);
    const heads = lines.filter((line) => line.kind === 'head');
    expect(heads.reduce((sum, head) => sum + head.count, 0)).toBe(120);
    expect(new Set(heads.map((head) => head.runId)).size).toBe(heads.length);
    expect(new Set(lines.map((line) => line.key)).size).toBe(lines.length);
  });
  it('the last stretch is not whole while there is more to read', () => {
    const heads = groupRows(data.posts.slice(0, 20), 'run', true).filter((line) => line.kind === 'head');
    expect(heads.at(-1)?.isWhole).toBe(false);
    expect(heads.slice(0, -1).every((head) => head.isWhole)).toBe(true);
  });
  it('a search has no heads', () => {
    expect(groupRows(data.posts, 'none', false).every((line) => line.kind === 'post')).toBe(true);
  });
});

describe('rows read again', () => {
  const rows = (...ids: number[]) => ids.map((id) => ({ id: `p${id}` }));
  it('keep what was read below them', () => {
    const joined = joinTail({ rows: rows(9, 1, 2), next: 'c2' }, { rows: rows(1, 2, 3, 4), next: 'c4' });
    expect(joined).toEqual({ rows: rows(9, 1, 2, 3, 4), next: 'c4' });
  });
  it('stand alone where they do not meet it, or where they are all there is', () => {
    expect(joinTail({ rows: rows(7, 8), next: 'c8' }, { rows: rows(1, 2), next: 'c2' })).toEqual({
      rows: rows(7, 8),
      next: 'c8',
    });
    expect(joinTail({ rows: rows(1), next: undefined }, { rows: rows(1, 2), next: 'c2' })).toEqual({ rows: rows(1) });
  });
});

describe('what a search marks', () => {
  const marked = (search: string, text: string) =>
    [...text.matchAll(searchPattern(search)?.(text) ?? /$^/g)].map((hit) => hit[0]);
  it('whole words, and the last word also as a beginning', () => {
    expect(marked('tide mach', 'Tides and a tide machine')).toEqual(['tide', 'machine']);
  });
  it('signs of a pattern are taken as they are', () => {
    expect(marked('c++ (x', 'c++ and x')).toEqual(['c', 'x']);
    expect(searchPattern('++')).toBeUndefined();
  });
  it('words of any script', () => {
    expect(marked('маяк', 'Маяк, маяки, светмаяк')).toEqual(['Маяк', 'маяки']);
  });
  it('the piece of the summary is around the first hit', () => {
    expect(snippet('For ninety-one years the harbour office measured the water', searchPattern('water'))).toBe(
      '… harbour office measured the water',
    );
    expect(snippet('nothing of it', searchPattern('water'))).toBe('');
  });
});

describe('the reader', () => {
  it('counts words, or signs where a script has no spaces', () => {
    expect(readingMinutes('<p>short</p>')).toBe(0);
    expect(readingMinutes(`<p>${'word '.repeat(690)}</p>`)).toBe(3);
    expect(readingMinutes(`<p>${'静か'.repeat(420)}</p>`)).toBe(2);
  });
  it('finds the discussion of a story at Hacker News', () => {
    const story = data.posts.find((post) => post.hn);
    expect(story && commentsUrl(story)).toBe(`https://news.ycombinator.com/item?id=${story?.hn?.id}`);
  });
  it('puts a body into a page with a policy of its own that lets in nothing but styles and fonts', () => {
    const page = articleHtml('<p>Text</p>', 'https://x.example/a.css?"><script>');
    expect(page).toContain("default-src 'none'; style-src 'self'; font-src 'self'");
    expect(page).not.toContain('<script>');
    expect(page.indexOf('Content-Security-Policy')).toBeLessThan(page.indexOf('stylesheet'));
  });
});

describe('what stands under the title', () => {
  const meta = (hash: string, total: number) => {
    const place = readPlace({ path: hash.split('/'), params: {} });
    const counts = { today: 34, todayTotal: 61, all: 600, unread: 128, starred: 0, hackerNews: 0, lastHour: 0, bySource: {} };
    return listMeta(place, { isLoading: false, isPrevious: false, total }, { counts, source: undefined, sources: data.sources });
  };
  it('says how much is unread of how much', () => {
    expect(meta('posts/today', 61)).toContain('34 unread of 61, ');
    expect(meta('posts/all', 600)).toBe('128 unread of 600');
    expect(meta('posts/unread', 128)).toBe('128 unread posts');
    expect(meta('posts/hacker-news', 40)).toBe('40 posts, all read');
    expect(meta('posts/folder/Systems', 600)).toBe('600 posts, all read');
    expect(meta('posts/starred', 0)).toBe('No posts');
  });
});

describe('the tree of the sidebar', () => {
  it('nests folders, sorts names, and adds up what is unread below', () => {
    const lines = treeLines(data.sources, new Set());
    const names = lines.map((line) => `${line.depth} ${line.kind === 'folder' ? line.name : line.row.source.title}`);
    expect(names.slice(0, 4)).toEqual(['0 Systems', '1 Languages', '2 Halyard release notes', '2 Quiet Compiler']);
    const systems = lines.find((line) => line.kind === 'folder' && line.name === 'Systems');
    const inside = data.sources.filter((row) => row.source.folder[0] === 'Systems');
    expect(systems?.kind === 'folder' && systems.unread).toBe(inside.reduce((sum, row) => sum + row.unread, 0));
  });
  it('leaves out what is inside a folded folder', () => {
    const lines = treeLines(data.sources, new Set([folderKey(['Systems'])]));
    expect(lines.some((line) => line.kind === 'source' && line.row.source.folder[0] === 'Systems')).toBe(false);
  });
  it('does not count muted sources', () => {
    const muted = data.sources.map((row) => ({ ...row, source: { ...row.source, muted: true } }));
    expect(treeLines(muted, new Set()).every((line) => line.kind === 'source' || line.unread === 0)).toBe(true);
  });
});

describe('what a newcomer is offered', () => {
  it('what is there comes ticked; a suggestion that is there already is not offered twice', () => {
    const [news] = data.sources.filter((row) => row.source.kind === 'hacker-news').map((row) => ({ ...row, posts: 0 }));
    const weather = data.sources.find((row) => row.source.id === 'weather');
    if (!news || !weather) throw new Error('The invented sources have changed.');
    const feedUrl = weather.source.kind === 'feed' ? weather.source.feedUrl : '';
    const offered = starters(
      [news, weather],
      [
        { title: 'The Long Weather', feedUrl, about: '' },
        { title: 'Maps', feedUrl: 'https://maps.example/rss', about: 'with less ink' },
      ],
    );
    expect(offered.map((each) => [each.title, each.isThere, each.isFixed])).toEqual([
      ['Hacker News', true, false],
      ['The Long Weather', true, true],
      ['Maps', false, false],
    ]);
  });
});
