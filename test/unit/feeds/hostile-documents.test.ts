import iconv from 'iconv-lite';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { hostileCase } from '../../helpers/hostile-case.ts';
import { codeOf, FEED_URL, item, msOf, read, rss, textsIn, warningsOf } from './feed-kit.ts';

const withDoctype = (subset: string, body = item(1)): string =>
  `<?xml version="1.0"?><!DOCTYPE rss [${subset}]><rss version="2.0"><channel><title>T</title>${body}</channel></rss>`;
const LAUGHS = `<!ENTITY lol "lol">${Array.from({ length: 9 }, (_, n) => `<!ENTITY lol${n + 1} "${`&lol${n || ''};`.repeat(10)}">`).join('')}`;

describe('a document with a DOCTYPE', () => {
  hostileCase(
    57,
    'the entities of an internal subset are never expanded, and one that is too long is refused at once',
    async () => {
      const feed = await read(withDoctype(LAUGHS, '<item><title>a &lol9; b</title><link>https://example.org/1</link></item>'));
      expect(feed.entries[0]?.title).toBe('a &lol9; b');
      const long = withDoctype(`<!ENTITY a "${'x'.repeat(70_000)}">`);
      let code = '';
      const ms = await msOf(async () => {
        code = await codeOf(read(long));
      });
      expect(code).toBe('DOC_DOCTYPE');
      expect(ms).toBeLessThan(50);
      const bare =
        '<!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN" "http://my.netscape.com/publish/formats/rss-0.91.dtd">';
      const old = await read(
        `<?xml version="1.0"?>${bare}<rss version="0.91"><channel><title>T</title>${item(1)}</channel></rss>`,
      );
      expect(old.entries).toHaveLength(1);
      return [code, 'OK'];
    },
  );
  hostileCase(58, 'a quadratic blow-up stays as small as it is written', async () => {
    const feed = await read(
      withDoctype(
        `<!ENTITY a "${'x'.repeat(50_000)}">`,
        `<item><title>t</title><description>${'&a;'.repeat(20_000)}</description></item>`,
      ),
    );
    expect(feed.entries[0]?.summary?.startsWith('&a;&a;')).toBe(true);
    return 'OK';
  });
  hostileCase(59, 'external and parameter entities are not read', async () => {
    const external = '<!ENTITY x SYSTEM "file:///etc/passwd"><!ENTITY y SYSTEM "http://127.0.0.2:1/x">';
    const feed = await read(withDoctype(external, '<item><title>t &x; &y;</title><link>https://example.org/1</link></item>'));
    expect(feed.entries[0]?.title).toBe('t &x; &y;');
    const parameter = await codeOf(read(withDoctype('<!ENTITY % p SYSTEM "http://127.0.0.2:1/x.dtd"> %p;')));
    expect(parameter).toBe('DOC_DOCTYPE');
    return ['OK', parameter];
  });
});

describe('a document made to exhaust', () => {
  hostileCase(61, 'elements 100,000 deep are refused without a stack overflow', async () => {
    const places = [rss('<a>'.repeat(100_000)), rss(`<item><description>${'<b>'.repeat(100_000)}</description></item>`)];
    const closed = rss(`<item>${'<a>'.repeat(100_000)}${'</a>'.repeat(100_000)}</item>`);
    return Promise.all([...places, closed].map((text) => codeOf(read(text))));
  });
  hostileCase(62, 'JSON 100,000 deep is refused, a million keys are read', async () => {
    const deep = `{"version":"https://jsonfeed.org/version/1.1","items":${'['.repeat(100_000)}${']'.repeat(100_000)}}`;
    const keys = Array.from({ length: 200_000 }, (_, n) => `"k${n}":${n}`).join(',');
    const wide = await read(`{"version":"https://jsonfeed.org/version/1.1","title":"T",${keys},"items":[{"id":"1"}]}`);
    expect(wide.entries).toHaveLength(1);
    return codeOf(read(deep));
  });
  hostileCase(63, 'of 100,000 items the newest 2,000 are kept in document order and the rest is counted', async () => {
    const start = Date.UTC(2020, 0, 1);
    const dated = (n: number): string => `<pubDate>${new Date(start + ((n * 7919) % 100_000) * 60_000).toUTCString()}</pubDate>`;
    const feed = await read(rss(Array.from({ length: 100_000 }, (_, n) => item(n, dated(n))).join('')));
    expect(feed.itemsCount).toBe(100_000);
    expect(feed.entries).toHaveLength(2000);
    const oldest = new Date(start + 98_000 * 60_000).toISOString();
    expect(feed.entries.every((entry) => (entry.published ?? '') >= oldest)).toBe(true);
    const numbers = feed.entries.map((entry) => Number(entry.id?.slice(3)));
    expect(numbers).toEqual([...numbers].sort((a, b) => a - b));
    return warningsOf(feed);
  });
  hostileCase(64, 'an item of 15 MB is cut at the limit', async () => {
    const feed = await read(
      rss(`<item><title>t</title><description>${'words '.repeat(2_500_000)}</description></item>${item(2)}`),
    );
    expect(feed.entries[0]?.summary?.length).toBeLessThanOrEqual(262_144);
    expect(feed.entries).toHaveLength(2);
    return warningsOf(feed);
  });
  hostileCase(65, 'a huge attribute and very many attributes are read in time', async () => {
    const huge = await read(rss(`<item><title>t</title><enclosure url="https://example.org/${'x'.repeat(20_000_000)}"/></item>`));
    expect(huge.entries[0]?.enclosures).toEqual([]);
    const many = Array.from({ length: 200_000 }, (_, n) => `a${n}="1"`).join(' ');
    const wide = await read(rss(`<item ${many}><title>t</title></item>`));
    expect(wide.entries).toHaveLength(1);
    return 'OK';
  });
  hostileCase(66, 'text that baits expressions into backtracking is read in linear time', async () => {
    const baits = ['<', '&', ' ', '<h', '<!--', '<![CDATA[', '"', '&#', 'h<p ', '<a href="', '<br', ']]', '<script>', '\n<p\n'];
    for (const bait of baits) {
      const body = `<item><title>${bait.repeat(20_000)}</title><description><![CDATA[x${bait.repeat(200_000)}]]></description></item>`;
      expect(await msOf(() => codeOf(read(rss(body)))), JSON.stringify(bait)).toBeLessThan(5000);
    }
    return 'OK';
  });
});

describe('a damaged document', () => {
  hostileCase(67, 'a document that stops in the middle keeps its closed items and says so', async () => {
    const whole = rss([1, 2, 3].map((n) => item(n, '<description>some text</description>')).join(''));
    const feed = await read(whole.slice(0, whole.indexOf('Item 3') + 3));
    expect(feed.entries.map((entry) => entry.id)).toEqual(['id-1', 'id-2']);
    expect(feed.isTruncated).toBe(true);
    return warningsOf(feed);
  });
  hostileCase(68, 'bare ampersands, unknown entities and unclosed tags are put right', async () => {
    const feed = await read(
      rss(
        '<item><title>Q&A &nbsp; caf&eacute; <b>bold</title><link>https://example.org/?a=1&b=2</link><description>5 < 6 <br> & more</description></item>',
      ),
    );
    expect(feed.entries[0]).toMatchObject({ title: 'Q&A café bold', link: 'https://example.org/?a=1&b=2' });
    expect(feed.entries[0]?.summary).toContain('& more');
    return warningsOf(feed);
  });
  hostileCase(69, 'two roots, junk in front, a byte order mark and blank lines lose no item', async () => {
    const one = rss(item(1)).replace(/^<\?xml.*\?>\n/, '');
    const two = await read(`${one}${one.replaceAll('id-1', 'id-2')}`);
    expect(two.entries.map((entry) => entry.id)).toEqual(['id-1', 'id-2']);
    for (const junk of [
      '\n\n',
      '\ufeff',
      'Warning: line 3 in x.php\n',
      '<!-- hello -->\n',
      '<br />\n<b>Notice</b>: oops\n',
      '\ufeff\ufeff \t',
    ]) {
      const feed = await read(`${junk}${rss(item(1))}`);
      expect(feed.entries, JSON.stringify(junk)).toHaveLength(1);
    }
    const behind = await read(`${rss(item(1))}\n<!-- generated in 0.1 s --><script>x</script>junk`);
    expect(behind.entries).toHaveLength(1);
    return 'OK';
  });
  hostileCase(
    70,
    'control characters, lone surrogates and non-characters are gone, also when written as references',
    async () => {
      const dirty = 'a\u0000b\u0008c\u001bd\ufffee';
      const xml = await read(
        rss(
          `<item><title>${dirty}&#0;&#8;&#xFFFE;&#xD800;f</title><link>https://example.org/1</link><description>${dirty}&#1;</description></item>`,
        ),
      );
      const json = await read(
        JSON.stringify({ version: 'https://jsonfeed.org/version/1', items: [{ id: `x${dirty}`, title: 'a\ud800b\u0000c' }] }),
      );
      for (const text of textsIn([xml, json])) {
        expect(text).not.toMatch(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/);
        expect(text.isWellFormed()).toBe(true);
      }
      expect(xml.entries[0]?.title).toMatch(/^abcde/);
      return 'OK';
    },
  );
  hostileCase(71, 'invalid UTF-8 becomes replacement characters and ids stay the same', async () => {
    const bytes = Buffer.concat([
      Buffer.from(rss('<item><guid>g-é-1</guid><title>größe ünd süß §§ ').replace('</channel></rss>', '')),
      Buffer.from([0xff, 0xc3]),
      Buffer.from('</title></item></channel></rss>'),
    ]);
    const feeds = [await read(bytes), await read(bytes)];
    expect(feeds[0]?.entries[0]?.title).toBe('größe ünd süß §§ \ufffd\ufffd');
    expect(feeds[0]?.entries[0]?.id).toBe('g-é-1');
    expect(feeds[0]).toEqual(feeds[1]);
    return warningsOf(feeds[0] ?? { warnings: [] });
  });
});

const declared = (charset: string, title: string): string =>
  `<?xml version="1.0" encoding="${charset}"?><rss version="2.0"><channel><title>${title}</title><item><title>${title}</title><link>https://example.org/1</link></item></channel></rss>`;
const titleOf = async (bytes: Uint8Array, contentType?: string): Promise<string | undefined> =>
  (await read(bytes, contentType === undefined ? {} : { contentType })).entries[0]?.title;

describe('the charset of a document', () => {
  hostileCase(72, 'the mark wins, then strict UTF-8, the header, the declaration, the detector', async () => {
    const russian = 'Новости дня и погода';
    const utf16 = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(declared('windows-1251', russian), 'utf16le')]);
    expect(await titleOf(utf16, 'text/xml; charset=utf-8')).toBe(russian);
    expect(await titleOf(Buffer.from(declared('windows-1251', russian)), 'text/xml; charset=koi8-r')).toBe(russian);
    expect(await titleOf(iconv.encode(declared('utf-8', russian), 'windows-1251'), 'text/xml; charset=windows-1251')).toBe(
      russian,
    );
    expect(await titleOf(iconv.encode(declared('windows-1251', russian), 'windows-1251'), 'text/xml; charset=utf-8')).toBe(
      russian,
    );
    expect(await titleOf(Buffer.from(declared('utf-16', russian)))).toBe(russian);
    expect(await titleOf(Buffer.from(declared('us-ascii', russian)))).toBe(russian);
    expect(await titleOf(iconv.encode(declared('x', 'It’s “quoted” – €5').replace(' encoding="x"', ''), 'windows-1252'))).toBe(
      'It’s “quoted” – €5',
    );
    return 'OK';
  });
  hostileCase(73, 'an unknown charset is replaced, and UTF-7 never read', async () => {
    for (const charset of ['evil-enc', 'x-user-defined', 'utf-7', '__proto__', 'base64', 'hex', 'internal']) {
      const text = declared(charset, 'plain +ADw-script+AD4- text');
      expect(await titleOf(Buffer.from(text), `text/xml; charset=${charset}`)).toBe('plain +ADw-script+AD4- text');
      expect(await titleOf(Buffer.from(declared(charset, 'Grüße')))).toBe('Grüße');
    }
    return 'OK';
  });
  hostileCase(74, 'eastern charsets give the right text, and escapes cannot hide markup', async () => {
    const texts: [string, string][] = [
      ['Shift_JIS', '今日のニュースと天気'],
      ['gb18030', '今天的新闻和天气预报'],
      ['gb2312', '今天的新闻和天气预报'],
      ['KOI8-R', 'Новости дня и погода'],
      ['EUC-KR', '오늘의 뉴스와 날씨'],
      ['EUC-JP', '今日のニュースと天気'],
      ['Big5', '今天的新聞和天氣預報'],
    ];
    for (const [charset, text] of texts) {
      expect(await titleOf(iconv.encode(declared(charset, text), charset)), charset).toBe(text);
      expect(await titleOf(iconv.encode(declared('x', text), charset), `text/xml; charset=${charset}`), charset).toBe(text);
    }
    const undeclared = (text: string): string =>
      `<?xml version="1.0"?>${rss(`<item><title>${text}</title><description>${text.repeat(20)}</description></item>`).slice(39)}`;
    for (const [charset, text] of texts.filter(([name]) => !/gb2312/.test(name))) {
      expect(await titleOf(iconv.encode(undeclared(text), charset)), `${charset} undeclared`).toBe(text);
    }
    const japanese = Buffer.from([0x1b, 0x24, 0x42, 0x24, 0x22, 0x1b, 0x28, 0x42]);
    const [front = '', back = ''] = declared('ISO-2022-JP', '|').split('|');
    const hidden = Buffer.concat([Buffer.from(front), japanese, Buffer.from(back.split('|')[0] ?? '')]);
    expect((await read(hidden)).title).toBe('あ');
    return 'OK';
  });
});

describe('names that harm', () => {
  afterEach(() => vi.restoreAllMocks());
  hostileCase(82, 'prototype names at every level pollute nothing and cost nothing', async () => {
    const evil =
      '<__proto__><polluted>1</polluted></__proto__><constructor><prototype><polluted>1</polluted></prototype></constructor><prototype>x</prototype>';
    const xml = await read(
      rss(
        `${evil}<item __proto__="x" constructor="y">${evil}<title __proto__="1">t${evil}</title><link>https://example.org/1</link></item>`,
      ),
    );
    const bad = '"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}';
    const json = await read(
      `{"version":"https://jsonfeed.org/version/1.1",${bad},"title":"T","items":[{${bad},"id":"1","authors":[{${bad},"name":"A"}]}]}`,
    );
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
    expect(xml.entries[0]?.link).toBe('https://example.org/1');
    expect(json.entries[0]).toMatchObject({ id: '1', author: 'A' });
    return 'OK';
  });
  hostileCase(83, 'names of object methods are element names like any other', async () => {
    const names = ['toString', 'hasOwnProperty', 'length', 'valueOf', 'isPrototypeOf', '_', 'cdata', 'then', 'map', 'link.href'];
    const inside = names.map((name) => `<${name}>x</${name}><${name}/>`).join('');
    const feed = await read(rss(`${inside}<item>${inside}<title>t</title><link>https://example.org/1</link></item>`));
    expect(feed.entries[0]).toMatchObject({ title: 't', link: 'https://example.org/1' });
    return 'OK';
  });
});

describe('what is no feed', () => {
  hostileCase(97, 'pages, files of other kinds, noise and nothing are called so', async () => {
    const noise = Uint8Array.from({ length: 1024 }, (_, n) => (n * 73 + 41) % 256);
    const others: (string | Uint8Array)[] = [
      '<!DOCTYPE html><html><head><title>x</title></head><body><p>hi</p></body></html>',
      '<html><body><rss></rss></body></html>',
      '%PDF-1.7\n1 0 obj',
      Buffer.from('504b0304140000000800', 'hex'),
      Buffer.from('89504e470d0a1a0a0000000d', 'hex'),
      Buffer.from('1f8b0800000000000003', 'hex'),
      noise,
      '',
      '   \n',
      'just words',
      '{"a":1}',
      '[1,2,3]',
    ];
    return Promise.all(others.map((other) => codeOf(read(other))));
  });
  hostileCase(98, 'other XML is named', async () => {
    const others: [string, RegExp][] = [
      ['<opml version="2.0"><body/></opml>', /OPML/],
      ['<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"/>', /sitemap/],
      ['<soap:Envelope xmlns:soap="x"><soap:Body/></soap:Envelope>', /SOAP/],
      ['<svg xmlns="http://www.w3.org/2000/svg"/>', /SVG/],
      ['<note>hi</note>', /another kind/],
    ];
    const codes: string[] = [];
    for (const [text, hint] of others) {
      await expect(read(text)).rejects.toThrow(hint);
      codes.push(await codeOf(read(text)));
    }
    return codes;
  });
  hostileCase(101, 'a JSON Feed with wrong types loses only what is wrong', async () => {
    const wrong = {
      version: 'https://jsonfeed.org/version/1.1',
      title: 5,
      items: [
        null,
        7,
        'x',
        [],
        { id: 3, url: [], title: { a: 1 }, authors: 'x', attachments: [null, { url: 4 }], tags: [1, null], date_published: {} },
      ],
    };
    const feed = await read(JSON.stringify(wrong));
    expect(feed.title).toBe('5');
    expect(feed.entries).toHaveLength(1);
    expect(feed.entries[0]).toMatchObject({ id: '3', enclosures: [] });
    const noItems = await read(JSON.stringify({ version: 'https://jsonfeed.org/version/1', items: {} }));
    expect(noItems.entries).toEqual([]);
    return warningsOf(feed).filter((code) => code !== 'W_DATE_GUESSED');
  });
});

describe('what asks for more documents', () => {
  hostileCase(102, 'inclusions, processing instructions, style sheets and a script as base are ignored', async () => {
    const body = '<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="file:///etc/passwd"/><?php echo 1 ?>';
    const feed = await read(
      `<?xml version="1.0"?><?xml-stylesheet href="javascript:alert(1)"?><rss version="2.0" xml:base="javascript:alert(1)//"><channel><title>T</title>${body}<item><title>t</title><link>/a</link>${body}</item></channel></rss>`,
    );
    expect(feed.entries[0]).toMatchObject({ title: 't', link: 'https://feeds.example.org/a' });
    return 'OK';
  });
  hostileCase(103, 'hub, next and other links are not followed', async () => {
    const fetchSpy = vi.spyOn(globalThis, 'fetch');
    const links =
      '<link rel="hub" href="http://127.0.0.2:1/"/><link rel="next" href="http://127.0.0.2:1/2"/><link rel="self" href="http://127.0.0.2:1/s"/>';
    const feed = await read(
      `<feed xmlns="http://www.w3.org/2005/Atom"><title>T</title>${links}<entry><id>1</id><title>t</title><link rel="next" href="http://127.0.0.2:1/3"/></entry></feed>`,
    );
    expect(feed.entries).toHaveLength(1);
    expect(fetchSpy).not.toHaveBeenCalled();
    return 'OK';
  });
});

test('the address a server names as the content location is where relative links start', async () => {
  const feed = await read(rss('<item><title>t</title><link>a/b</link></item>'), { contentLocation: '/other/place/feed.xml' });
  expect(feed.entries[0]?.link).toBe(new URL('/other/place/a/b', FEED_URL).href);
});
