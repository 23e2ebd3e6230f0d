import { describe, expect, test } from 'vitest';
import { toAsk } from '../../../main/rules/conditions.ts';
import { plainText } from '../../../main/rules/plain-text.ts';
import { toSubject } from '../../../main/rules/subject.ts';
import type { Post } from '../../../preload/contract/post.ts';
import { type Condition, conditionSchema } from '../../../preload/contract/rule.ts';
import { post } from './rule-kit.ts';

const HN = { id: 1, score: 120, commentCount: 8, type: 'ask' as const, isDead: false };
const fits = async (condition: Condition, fields: Partial<Post> = {}, html?: string): Promise<boolean> => {
  const ask = await toAsk(conditionSchema.parse(condition), 'conditions.0.value');
  return ask.fits(toSubject(post(fields), html, ['Systems', 'Languages']));
};
const title = (operator: 'contains' | 'lacks' | 'is' | 'is-not' | 'starts-with' | 'matches', value: string): Condition => ({
  field: 'title',
  operator,
  value,
});

describe('a condition on words', () => {
  test.each<[Condition, Partial<Post>, boolean]>([
    [title('contains', 'rust'), {}, true],
    [title('contains', 'RUST 1.92'), {}, true],
    [title('contains', 'rust'), { title: 'Trust nobody' }, false],
    [title('contains', 'ai'), { title: 'He said so' }, false],
    [title('contains', 'ai'), { title: 'Said by AI, again' }, true],
    [title('contains', 'crypto*'), { title: 'Cryptocurrency falls' }, true],
    [title('contains', 'crypto'), { title: 'Cryptocurrency falls' }, false],
    [title('contains', 'cafe'), { title: 'Un CAFÉ crème' }, true],
    [title('contains', 'strasse'), { title: 'Die Straße' }, true],
    [title('contains', 'c++'), { title: 'C++26 is done' }, true],
    [title('contains', '川'), { title: '新しい川の石' }, true],
    [title('contains', 'black   friday'), { title: 'Black\u00a0Friday week' }, true],
    [title('lacks', 'rust'), {}, false],
    [title('lacks', 'zig'), {}, true],
    [title('is', 'rust 1.92 IS out'), {}, true],
    [title('is', 'rust 1.92'), {}, false],
    [title('is-not', 'rust 1.92'), {}, true],
    [title('starts-with', 'rust 1'), {}, true],
    [title('starts-with', 'out'), {}, false],
    [title('matches', '^rust \\d+\\.\\d+'), {}, true],
    [title('matches', 'zig|go'), {}, false],
    [{ field: 'author', operator: 'is', value: 'Ines Harrow' }, { author: 'ines harrow' }, true],
    [{ field: 'author', operator: 'is-not', value: 'Ines Harrow' }, {}, true],
    [{ field: 'domain', operator: 'contains', value: 'example.org' }, { domain: 'blog.example.org' }, true],
    [{ field: 'summary', operator: 'contains', value: 'compiler' }, {}, true],
    [{ field: 'text', operator: 'contains', value: 'compiler' }, {}, true],
  ])('%o of %o is %s', async (condition, fields, expected) => {
    expect(await fits(condition, fields)).toBe(expected);
  });

  test('looks into the full text, and into its words only', async () => {
    const html = '<p title="zig">The borrow&nbsp;checker &amp; friends</p><script>var zig;</script>';
    const body = (value: string): Condition => ({ field: 'body', operator: 'contains', value });
    expect(await fits(body('borrow checker'), {}, html)).toBe(true);
    expect(await fits(body('& friends'), {}, html)).toBe(true);
    expect(await fits(body('zig'), {}, html)).toBe(false);
    expect(await fits({ field: 'text', operator: 'contains', value: 'borrow' }, {}, html)).toBe(true);
  });

  test('takes time in proportion to the text for a pattern made to hang', async () => {
    const started = performance.now();
    expect(await fits(title('matches', '(a+)+$'), { title: `${'a'.repeat(480)}!` })).toBe(false);
    expect(await fits({ field: 'body', operator: 'matches', value: '(x+x+)+y' }, {}, 'x'.repeat(100_000))).toBe(false);
    expect(performance.now() - started).toBeLessThan(1000);
  });

  test.each(['(', 'a{1000}{1000}', '(?=x)', '(\\w{90}){20}'])('refuses the pattern %s at its field', async (value) => {
    await expect(toAsk(title('matches', value), 'conditions.3.value')).rejects.toMatchObject({
      code: 'IPC_INVALID',
      details: { field: 'conditions.3.value' },
    });
  });

  test('reads the words of hostile markup in time', () => {
    const started = performance.now();
    plainText('<'.repeat(200_000));
    plainText('<script'.repeat(30_000));
    plainText('&#x110000;&'.repeat(20_000));
    expect(performance.now() - started).toBeLessThan(500);
  });
});

describe('a condition on facts', () => {
  test.each<[Condition, Partial<Post>, boolean]>([
    [{ field: 'source', operator: 'is', value: 's1' }, {}, true],
    [{ field: 'source', operator: 'is-not', value: 's1' }, {}, false],
    [{ field: 'folder', operator: 'is', value: ['Systems'] }, {}, true],
    [{ field: 'folder', operator: 'is', value: ['Systems', 'Languages'] }, {}, true],
    [{ field: 'folder', operator: 'is', value: ['Languages'] }, {}, false],
    [{ field: 'label', operator: 'is', value: 'LATER' }, { labels: ['Later'] }, true],
    [{ field: 'label', operator: 'is-not', value: 'later' }, {}, true],
    [{ field: 'type', operator: 'is', value: 'ask' }, { hn: HN }, true],
    [{ field: 'type', operator: 'is', value: 'post' }, {}, true],
    [{ field: 'score', operator: 'at-least', value: 120 }, { hn: HN }, true],
    [{ field: 'score', operator: 'at-most', value: 119 }, { hn: HN }, false],
    [{ field: 'comments', operator: 'at-most', value: 8 }, { hn: HN }, true],
    [{ field: 'score', operator: 'at-most', value: 500 }, {}, false],
    [{ field: 'enclosure', operator: 'is' }, { enclosures: [{ url: 'https://example.org/a.mp3' }] }, true],
    [{ field: 'enclosure', operator: 'is-not' }, {}, true],
  ])('%o of %o is %s', async (condition, fields, expected) => {
    expect(await fits(condition, fields)).toBe(expected);
  });
});
