import { expect, test } from 'vitest';
import { isEmpty, joinParts, NO_PARTS } from '../../../main/notify/parts.ts';
import { MOST_TEXT, toText } from '../../../main/notify/telegram.ts';
import { inWords, oneLine } from '../../../main/notify/words.ts';
import { type MessageParts, messagePartsSchema } from '../../../preload/contract/message.ts';
import { hostileCase } from '../../helpers/hostile-case.ts';

const source = (id: string, total: number, ...titles: string[]): MessageParts['sources'][number] => ({
  id,
  title: `Source ${id}`,
  total,
  posts: titles.map((title) => ({ title, url: `https://${id}.example/${encodeURIComponent(title)}` })),
});
const parts = (own: Partial<MessageParts>): MessageParts => ({ ...NO_PARTS, ...own });

test('one post is told by its source and its title, and leads to the source', () => {
  expect(inWords(parts({ sources: [source('a', 1, 'Rain at last')] }))).toEqual({
    title: 'Source a',
    body: 'Rain at last',
    view: '#/posts/source/a',
  });
});

test('posts of several sources are one summary, and lead to what is unread', () => {
  const sources = Array.from({ length: 40 }, (_, index) => source(`s${index}`, 2, 'One', 'Two'));
  expect(inWords(parts({ sources }))).toEqual({
    title: '80 new posts from 40 sources',
    body: 'Source s0 (2), Source s1 (2), Source s2 (2), Source s3 (2) and 36 more',
    view: '#/posts/unread',
  });
});

test('rules are told as they always were, and lead to what they found', () => {
  const rules = [{ id: 'r1', name: 'Rust', total: 2 }];
  expect(inWords(parts({ rules }))).toEqual({ title: 'Rust', body: '2 new posts match', view: '#/posts/rule/r1' });
  const two = [...rules, { id: 'r2', name: 'Go', total: 1 }];
  expect(inWords(parts({ rules: two }))).toMatchObject({ title: '3 new posts for 2 rules', body: 'Rust: 2, Go: 1' });
});

test('what a run brings, notices and breaks is one message', () => {
  const said = inWords(
    parts({
      sources: [source('a', 3, 'One', 'Two')],
      rules: [{ id: 'r', name: 'Rust', total: 1 }],
      problems: [{ id: 'p', view: '#/sources/b', text: 'Source b failed 3 times in a row.' }],
    }),
  );
  expect(said).toEqual({
    title: 'Source a: 3 new posts',
    body: 'One\nTwo\nRust: 1 new post matches\nNeeds your attention: Source b failed 3 times in a row.',
    view: '#/posts/source/a',
  });
});

test('a problem leads to what it is about, several to the sources, an edition to the digests', () => {
  const problem = (id: string) => ({ id, view: `#/sources/${id}`, text: `${id} failed.` });
  expect(inWords(parts({ problems: [problem('a')] })).view).toBe('#/sources/a');
  const many = inWords(parts({ problems: ['a', 'b', 'c'].map(problem) }));
  expect(many).toEqual({ title: '3 things need your attention', body: 'a failed.\nb failed.\nc failed.', view: '#/sources' });
  const digests = [{ scheduleId: 'd', text: 'Morning no. 4: sent to 3 receivers' }];
  expect(inWords(parts({ digests }))).toEqual({ title: 'Digest', body: digests[0]?.text, view: '#/digests/d' });
});

test('nothing is nothing', () => {
  expect([isEmpty(NO_PARTS), isEmpty(parts({ rules: [{ id: 'r', name: 'R', total: 1 }] }))]).toEqual([true, false]);
});

test('what was held back is added up by source and by rule', () => {
  const joined = joinParts([
    parts({ sources: [source('a', 2, 'Old one', 'Old two')], rules: [{ id: 'r', name: 'R', total: 1 }] }),
    parts({ sources: [source('b', 7, 'B'), source('a', 4, '1', '2', '3', '4')], rules: [{ id: 'r', name: 'R', total: 2 }] }),
  ]);
  expect(joined.sources.map(({ id, total }) => [id, total])).toEqual([
    ['b', 7],
    ['a', 6],
  ]);
  expect(joined.sources[1]?.posts.map(({ title }) => title)).toEqual(['1', '2', '3', '4', 'Old one']);
  expect(joined.rules).toEqual([{ id: 'r', name: 'R', total: 3 }]);
});

test('a message stays in its bounds however much is joined', () => {
  const many = Array.from({ length: 60 }, (_, night) =>
    parts({
      sources: Array.from({ length: 100 }, (_each, index) => source(`${night}-${index}`, 3, 'One', 'Two', 'Three')),
      problems: [{ id: `p${night}`, view: '#/', text: 'x' }],
    }),
  );
  const joined = joinParts(many);
  expect(messagePartsSchema.safeParse(joined).success).toBe(true);
  expect([joined.sources.length, joined.more]).toEqual([100, 3 * 5900]);
  expect(inWords(joined).title).toBe('18,000 new posts from more than 100 sources');
});

const HOSTILE = `<b>50 %s</b>\n\n\u202Egnp.exe\u0000 & "quotes" ${'x'.repeat(10_000)}`;

hostileCase(172, 'hostile words of a feed are cut and put on one line in every message', () => {
  const hostile = parts({
    sources: [{ id: 'a', title: HOSTILE.slice(0, 200), total: 1, posts: [{ title: HOSTILE.slice(0, 200), url: '' }] }],
  });
  const { title, body } = inWords(hostile);
  expect(title.length).toBeLessThanOrEqual(120);
  expect(body.length).toBeLessThanOrEqual(400);
  expect(`${title}${body}`).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u202e]/);
  // Shown as they are: nothing reads markup or patterns in them.
  expect(body.startsWith('<b>50 %s</b> gnp.exe & "quotes"')).toBe(true);
  return Promise.resolve('OK');
});

test('a text of a bot is plain, has the links, and fits', () => {
  const one = toText({ parts: parts({ sources: [source('a', 9, 'Rain *at* last_', '<b>Snow</b>')] }) });
  expect(one).toBe(
    'Source a: 9 new posts\n\n• Rain *at* last_\nhttps://a.example/Rain%20*at*%20last_\n• <b>Snow</b>\nhttps://a.example/%3Cb%3ESnow%3C%2Fb%3E\n… and 7 more',
  );
  const sources = Array.from({ length: 90 }, (_, index) => source(`s${index}`, 5, '😀'.repeat(90)));
  const long = toText({ parts: parts({ sources }) });
  expect(long.length).toBeLessThanOrEqual(MOST_TEXT);
  expect(long.endsWith('…')).toBe(true);
  expect(long.isWellFormed()).toBe(true);
});

test('a title without words has some', () => {
  expect(oneLine(' \u200b\n ')).toBe('');
  expect(inWords(parts({ sources: [source('a', 1, '')] })).body).toBe('A post without a title');
});
