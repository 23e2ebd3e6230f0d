import { expect, test } from 'vitest';
import { readHomePage } from '../../../main/feeds/home-page.ts';
import { createFeedParser } from '../../../main/feeds/parser.ts';
import { silentLog } from '../../../main/lib/log.ts';

const read = (html: string, contentType = 'text/html; charset=utf-8') =>
  readHomePage({ bytes: new TextEncoder().encode(html), url: 'https://www.example.org/', contentType });

test('a page tells its title, description, icon, language and feeds, in plain text and whole addresses', () => {
  expect(
    read(
      '<!doctype html><html lang="pt_BR"><title>\n  Caf&eacute; &amp; <b>more</b>\n</title><meta name="Description" content=" One\ttwo ">' +
        '<link rel="apple-touch-icon" href="/big.png"><link rel="shortcut icon" href="img/i.ico">' +
        '<link rel=alternate type="application/atom+xml" href="/atom.xml"><link rel=alternate type="application/feed+json" href="/f.json" title="JSON">',
    ),
  ).toEqual({
    title: 'Café & <b>more</b>',
    description: 'One two',
    faviconUrl: 'https://www.example.org/img/i.ico',
    language: 'pt-BR',
    feeds: [{ url: 'https://www.example.org/atom.xml' }, { url: 'https://www.example.org/f.json', title: 'JSON' }],
  });
});

test('where a page names nothing, its words for sharing stand in, else it is left out', () => {
  expect(
    read(
      '<meta property="og:title" content="Shared"><meta property="og:description" content="D"><meta property="og:locale" content="de_AT">',
    ),
  ).toEqual({ title: 'Shared', description: 'D', language: 'de-AT', feeds: [] });
  expect(read('')).toEqual({ feeds: [] });
  expect(read('{"not":"a page"}')).toEqual({ feeds: [] });
});

test('the title of a drawing is not that of the page', () => {
  expect(read('<svg><title>Logo</title></svg><title>Site</title><svg><title>Other</title></svg>').title).toBe('Site');
});

test('what a hostile page says is cut, cleaned, or left out', () => {
  const long = 'x'.repeat(100_000);
  const page = read(
    `<html lang="javascript:alert(1)"><base href="javascript:1"><title>${long}\u0000\u202e</title><meta name=description content="${long}">` +
      '<link rel=icon href="javascript:alert(1)"><link rel=icon href="data:image/png;base64,xx">' +
      Array.from({ length: 90 }, (_, index) => `<link rel=alternate type="application/rss+xml" href="/${index}">`).join(''),
  );
  expect(page.title).toHaveLength(500);
  expect(page.description).toHaveLength(1000);
  expect(page).not.toHaveProperty('language');
  expect(page).not.toHaveProperty('faviconUrl');
  expect(page.feeds).toHaveLength(20);
  expect(read('<meta name="__proto__" content="x"><meta name="constructor" content="y"><html lang=toString>')).toEqual({
    language: 'toString',
    feeds: [],
  });
});

test('C-20 a big page is read by the parse worker, not by the thread that asked', async () => {
  const parser = createFeedParser({ log: silentLog, workers: 1 });
  const bytes = new TextEncoder().encode(`<title>Big</title>${'<p class="a">word</p>'.repeat(150_000)}`);
  let turns = 0;
  let isRead = false;
  const reading = parser.readPage({ bytes, url: 'https://big.example/' }).then((page) => {
    isRead = true;
    return page;
  });
  while (!isRead) {
    turns += 1;
    await new Promise<void>((resolve) => setImmediate(resolve));
  }
  expect(await reading).toEqual({ title: 'Big', feeds: [] });
  expect(turns).toBeGreaterThan(20);
  await parser.close();
});
