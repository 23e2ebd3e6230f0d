import { describe, expect, test } from 'vitest';
import { readItem } from '../../../main/hacker-news/item.ts';
import { toDraft, whyUnusable } from '../../../main/hacker-news/to-post.ts';
import { hostileCase } from '../../helpers/hostile-case.ts';

const item = (fields: Record<string, unknown> = {}) => {
  const answer = readItem(7, {
    id: 7,
    type: 'story',
    title: 'A title',
    by: 'ann',
    score: 51,
    descendants: 4,
    time: 1_600_000_000,
    ...fields,
  });
  if (answer.kind !== 'item') throw new Error('The fixture is no item.');
  return answer.item;
};

describe('a Hacker News item as a post', () => {
  test('has title, author, url, domain, score, comments, time and type', () => {
    expect(toDraft(item({ url: 'https://www.example.org/a?b=1' }))).toEqual({
      fingerprint: 'hn:7',
      title: 'A title',
      author: 'ann',
      url: 'https://www.example.org/a?b=1',
      domain: 'example.org',
      summary: '',
      commentsUrl: 'https://news.ycombinator.com/item?id=7',
      publishedAt: '2020-09-13T12:26:40.000Z',
      hn: { id: 7, score: 51, commentCount: 4, type: 'story', isDead: false },
    });
  });

  test('tells ask, show, job and poll from stories', () => {
    expect(toDraft(item({ title: 'Ask HN: Why?' })).hn?.type).toBe('ask');
    expect(toDraft(item({ title: 'Show HN: This' })).hn?.type).toBe('show');
    expect(toDraft(item({ title: 'Asking around' })).hn?.type).toBe('story');
    expect(toDraft(item({ type: 'job' })).hn?.type).toBe('job');
    expect(toDraft(item({ type: 'poll' })).hn?.type).toBe('poll');
  });

  hostileCase(106, 'missing fields get their defaults; without a title there is no post', () => {
    const bare = readItem(9, { id: 9, type: 'story', title: 'Only a title' });
    if (bare.kind !== 'item') throw new Error('Missing fields must be fine.');
    expect(whyUnusable(bare.item)).toBeUndefined();
    expect(toDraft(bare.item)).toEqual({
      fingerprint: 'hn:9',
      title: 'Only a title',
      url: 'https://news.ycombinator.com/item?id=9',
      domain: 'news.ycombinator.com',
      summary: '',
      commentsUrl: 'https://news.ycombinator.com/item?id=9',
      hn: { id: 9, score: 0, commentCount: 0, type: 'story', isDead: false },
    });
    expect(toDraft(item({ url: '', time: 0 }))).toMatchObject({ url: 'https://news.ycombinator.com/item?id=7' });
    expect(whyUnusable(item({ title: ' ' }))).toBe('no-title');
    return ['OK', 'W_ITEM_DROPPED'];
  });

  hostileCase(107, 'jobs and polls are kept; comments, poll options and what we do not know are not', () => {
    expect(whyUnusable(item({ type: 'job' }))).toBeUndefined();
    expect(whyUnusable(item({ type: 'poll' }))).toBeUndefined();
    for (const type of ['comment', 'pollopt', 'future-kind', undefined]) expect(whyUnusable(item({ type }))).toBe('not-a-story');
    return 'OK';
  });

  test('dead and deleted items are no posts at first sight', () => {
    expect(whyUnusable(item({ dead: true }))).toBe('dead');
    expect(whyUnusable(item({ deleted: true, title: undefined }))).toBe('deleted');
  });

  hostileCase(113, 'markup in a title stays text, markup in the text becomes words in the summary', () => {
    const draft = toDraft(
      item({
        title: '<script>alert(1)</script> C++ & a <5 minute read',
        text: '<p>One &amp; two<p><a onclick="x()" href="#">three</a>',
      }),
    );
    expect(draft.title).toBe('<script>alert(1)</script> C++ & a <5 minute read');
    expect(draft.summary).toBe('One & two three');
    expect(toDraft(item({ title: 'bell\u0007 and \u202eesrever' })).title).toBe('bell and esrever');
    return 'OK';
  });

  hostileCase(114, 'an unsafe or local address is no link', () => {
    const unsafe = [
      'javascript:alert(1)',
      'ftp://example.org/x',
      'data:text/html,x',
      'http://127.0.0.1/a',
      'http://2130706433/',
      'http://[::1]/',
      'http://localhost/x',
      'http://10.0.0.1/',
    ];
    for (const url of unsafe) expect(toDraft(item({ url }))).toMatchObject({ url: '', domain: '' });
    expect(toDraft(item({ url: 'https://user:secret@example.org/"onmouseover="x' })).url).toBe(
      'https://example.org/%22onmouseover=%22x',
    );
    return 'OK';
  });

  test('long texts are bounded: title 500, summary 500, address 2,048', () => {
    const draft = toDraft(
      item({ title: 'x'.repeat(900), text: 'y '.repeat(40_000), url: `https://example.org/${'z'.repeat(3000)}` }),
    );
    expect(draft.title).toHaveLength(500);
    expect(draft.summary.length).toBeLessThanOrEqual(500);
    expect(draft.url).toBe('');
  });
});
