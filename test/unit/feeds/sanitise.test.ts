import { Parser } from 'htmlparser2';
import { describe, expect, test } from 'vitest';
import { sanitise } from '../../../main/feeds/sanitise.ts';
import { escapeHtml } from '../../../main/feeds/text.ts';
import { toPosts } from '../../../main/feeds/to-post.ts';
import { hostileCase } from '../../helpers/hostile-case.ts';
import { FEED_URL, read, rss } from './feed-kit.ts';
import { XSS_VECTORS } from './xss-vectors.ts';

const TAGS = new Set(
  'a abbr b bdi bdo blockquote br caption cite code col colgroup dd del details dfn div dl dt em figcaption figure h1 h2 h3 h4 h5 h6 hr i ins kbd li mark ol p pre q rp rt ruby s samp small span strong sub summary sup table tbody td tfoot th thead time tr u ul var wbr'.split(
    ' ',
  ),
);
const ATTRIBUTES = new Set('href rel title dir start reversed value colspan rowspan scope datetime lang'.split(' '));

/** Reads the output as a browser would and names everything that is not plain reading matter. */
const findingsIn = (html: string): string[] => {
  const findings: string[] = [];
  const parser = new Parser({
    onopentag: (name, attributes) => {
      if (!TAGS.has(name)) findings.push(`<${name}>`);
      for (const [key, value] of Object.entries(attributes)) {
        if (!ATTRIBUTES.has(key)) findings.push(`${name} ${key}`);
        if (key === 'href' && !/^(https?:\/\/[^@]+$|mailto:)/.test(value)) findings.push(`${name} ${key}=${value}`);
      }
      if (name === 'a' && 'href' in attributes && attributes.rel !== 'noopener noreferrer') findings.push('a without rel');
    },
    oncomment: () => findings.push('comment'),
    onprocessinginstruction: () => findings.push('instruction'),
  });
  parser.end(html);
  return findings;
};
const clean = (html: string): string => sanitise(html, { baseUrl: 'https://example.org/post' }).html;
const check = (html: string): void => {
  const once = clean(html);
  expect(findingsIn(once), html).toEqual([]);
  expect(findingsIn(clean(once)), `twice: ${html}`).toEqual([]);
};

describe('an article body', () => {
  hostileCase(
    87,
    `none of ${XSS_VECTORS.length} vectors gets through raw, escaped once or escaped twice, alone or through a feed`,
    async () => {
      expect(XSS_VECTORS.length).toBeGreaterThanOrEqual(200);
      for (const vector of XSS_VECTORS) {
        check(vector);
        check(escapeHtml(vector));
        check(escapeHtml(escapeHtml(vector)));
        check(`<p>before ${vector} after</p>`);
      }
      const items = XSS_VECTORS.map(
        (vector, n) =>
          `<item><guid>${n}</guid><title>${escapeHtml(vector)}</title><description>${escapeHtml(vector)}</description></item>`,
      );
      const feed = await read(rss(items.join('')));
      expect(feed.entries).toHaveLength(XSS_VECTORS.length);
      for (const draft of toPosts(feed, { id: 's', feedUrl: FEED_URL }, 0).drafts) check(draft.content ?? '');
      return 'OK';
    },
  );
  const removed = (row: number, sentence: string, vectors: RegExp, gone: RegExp): void =>
    hostileCase(row, sentence, () => {
      const some = XSS_VECTORS.filter((vector) => vectors.test(vector));
      expect(some.length).toBeGreaterThan(2);
      for (const vector of some) expect(clean(vector), vector).not.toMatch(gone);
      return 'OK';
    });
  removed(89, 'SVG is removed with all that is in it', /<svg/i, /<\w*svg|<set|<use|<animate|foreignobject|<image/i);
  removed(90, 'MathML and its nesting tricks are removed', /<math/i, /<math|mglyph|<style|<form|onerror/i);
  removed(
    91,
    'style sheets, style attributes and classes are removed',
    /style|class=|@import/i,
    /<style|style=|@import|class=|position:fixed/i,
  );
  removed(
    92,
    'nothing is left that would be requested',
    /srcset|ping|prefetch|poster|evil\.example\/1\.(gif|mp3)/i,
    /srcset|ping=|<link|poster|\.gif|\.mp3/i,
  );
  removed(
    93,
    'frames, objects, bases, refreshes, forms and templates are removed',
    /<(iframe|object|embed|base|meta|form|input|button|portal|template)/i,
    /<(iframe|object|embed|base|meta|form|input|button|portal|template)/i,
  );
  removed(94, 'ids and names are removed', / (id|name)=/i, /<[^>]* (id|name)=/i);

  test('the check of this file sees what it looks for', () => {
    for (const bad of [
      '<script>x</script>',
      '<p onclick=x>',
      '<a href="javascript:x" rel="noopener noreferrer">',
      '<!-- x -->',
      '<a href="https://x.y/">',
    ]) {
      expect(findingsIn(bad), bad).not.toEqual([]);
    }
  });
  test('keeps what makes a text readable, with links made absolute', () => {
    const html =
      '<h2>T</h2><p>a <em>b</em> <a href="/x?a=1&amp;b=2">c</a> <a href="mailto:a@example.org">m</a></p><ul><li>d</li></ul><pre><code>e &lt; f</code></pre><table><tr><td colspan="2">g</td></tr></table>';
    expect(clean(html)).toBe(
      '<h2>T</h2><p>a <em>b</em> <a href="https://example.org/x?a=1&amp;b=2" rel="noopener noreferrer">c</a> <a href="mailto:a@example.org" rel="noopener noreferrer">m</a></p><ul><li>d</li></ul><pre><code>e &lt; f</code></pre><table><tr><td colspan="2">g</td></tr></table>',
    );
  });
  test('takes images out, counts them and leaves their alternative text', () => {
    const { html, blockedImages } = sanitise(
      '<p><img src="https://example.org/a.png" alt="A &amp; <b>"> and <img src=b><img alt="x" src=c></p>',
    );
    expect(html).toBe('<p>A &amp; &lt;b&gt; and x</p>');
    expect(blockedImages).toBe(3);
  });
  test('a link that goes nowhere safe stays as text', () => {
    expect(clean('<a href="javascript:alert(1)">read me</a>')).toBe('<a>read me</a>');
    expect(sanitise('<a href="relative">x</a>').html).toBe('<a>x</a>');
  });
  test('a body nested very deep is cleaned in time', () => {
    const { html } = sanitise(`${'<div>'.repeat(50_000)}text${'</div>'.repeat(50_000)}`);
    expect(html).toContain('text');
  });
});
