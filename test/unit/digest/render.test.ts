import { describe, expect, test } from 'vitest';
import { renderEdition } from '../../../main/digest/render/render.ts';
import { COLUMNS } from '../../../main/digest/render/text.ts';
import { editionContentSchema } from '../../../preload/contract/digest.ts';
import { inventedContent, inventedItem, DIGEST_TONES as TONES } from '../../helpers/invented-editions.ts';
import { parseMail, strangersIn } from './render-kit.ts';

const oneLine = (text: string): string => text.replace(/\s+/g, ' ');

test('the invented edition is one that the contract takes', () => {
  expect(editionContentSchema.safeParse(inventedContent()).success).toBe(true);
});

describe('an edition laid out', () => {
  test('names the digest, its number and the day in its own zone', async () => {
    const late = inventedContent('professional', { at: '2026-10-14T23:30:00.000Z', timeZone: 'Europe/Vienna' });
    const { html, text } = await renderEdition(late);
    expect(text).toMatch(/^Morning desk\n=+\nNo\. 213, Thursday 15 October\n/);
    expect(parseMail(html).text).toContain('No. 213, Thursday 15 October');
    const west = await renderEdition({ ...late, timeZone: 'America/New_York' });
    expect(west.text).toContain('No. 213, Wednesday 14 October');
  });

  test('gives a story its site, points and comments, and a post of a feed the name of its source', async () => {
    const { html, text } = await renderEdition(inventedContent());
    for (const said of [text, parseMail(html).text]) {
      expect(said).toContain('coppervault.example, 288 points, 141 comments');
      expect(said).toContain('words.example, 133 points, 1 comment');
      expect(said).toContain('Vessel Point Gazette');
      expect(said).toContain('and 6 more in this section');
    }
    expect(text).not.toMatch(/\b1 comments/);
  });

  test('a place for comments is named also where nobody counts them, and a count stands also without a place', async () => {
    const said = async (change: Parameters<typeof inventedItem>[0]): Promise<string> =>
      (await renderEdition(inventedContent('brief', { items: [inventedItem(change)] }))).text;
    expect(await said({ commentCount: undefined })).toContain('288 points, comments\n');
    expect(await said({ commentCount: 0 })).toContain('288 points, comments\n');
    expect(await said({ commentCount: 2, commentsUrl: 'javascript:x' })).toContain('288 points, 2 comments\n');
    expect(await said({ commentCount: 0, commentsUrl: undefined })).toContain('288 points\n');
  });

  test('brief holds titles and source lines, professional adds two lines, magazine a large first story and why', async () => {
    const [brief, professional, magazine] = await Promise.all(TONES.map((tone) => renderEdition(inventedContent(tone))));
    const start = 'A spreadsheet from 1983 opens today';
    const end = 'was told no.';
    expect(brief?.text).not.toContain(start);
    expect(brief?.text).toContain('coppervault.example, 288 points, 141 comments');
    expect(oneLine(professional?.text ?? '')).toContain(start);
    expect(professional?.text).not.toContain(end);
    expect(professional?.text).not.toContain('Why:');
    expect(oneLine(magazine?.text ?? '')).toContain(end);
    expect(magazine?.text).toContain('Why: 288 points in a day');
    expect(magazine?.text).toContain('Vessel Point Gazette, Ines Harrow');
    expect(parseMail(magazine?.html ?? '').tags.filter(({ attributes }) => attributes.class?.includes('lead'))).toHaveLength(1);
    expect(parseMail(professional?.html ?? '').tags.filter(({ attributes }) => attributes.class?.includes('lead'))).toEqual([]);
  });

  test.each(TONES)('the plain text of %s says the same as the HTML in the same order', async (tone) => {
    const { html, text } = await renderEdition(inventedContent(tone));
    const body = oneLine(parseMail(html).text);
    const firstWords = inventedContent(tone).items.map(({ title }) => title.slice(0, 12));
    const placesIn = (said: string): number[] => firstWords.map((start) => said.indexOf(start, said.indexOf('No. 213')));
    for (const places of [placesIn(body), placesIn(oneLine(text))]) {
      expect(places.every((place) => place > 0)).toBe(true);
      expect(places).toEqual(places.toSorted((a, b) => a - b));
    }
    // Every word of the text is in the HTML; lines under titles, addresses and the mark of the foot are the text's own.
    const said = text.replace(/^(?:[-=]+ ?|(?:Comments: )?https?:\S+)$/gm, '').split(/\s+/);
    expect(said.length).toBeGreaterThan(40);
    for (const word of said) expect(body).toContain(word);
  });

  test('the plain text keeps to its columns, addresses and words without a break apart', async () => {
    for (const tone of TONES) {
      const { text } = await renderEdition(inventedContent(tone));
      const long = text.split('\n').filter((line) => [...line].length > COLUMNS);
      expect(
        long.every((line) => !line.includes(' ') || /^Comments: http/.test(line)),
        long.join('\n'),
      ).toBe(true);
      expect(text.endsWith('\n')).toBe(true);
      expect(text).not.toContain('\n\n\n');
    }
  });

  test('text in wide letters, which has no spaces, is parted where the line is full', async () => {
    const title = '潮'.repeat(100);
    const { text } = await renderEdition(inventedContent('brief', { items: [inventedItem({ title })] }));
    const lines = text.split('\n').filter((line) => line.startsWith('潮'));
    expect(lines.map((line) => line.length)).toEqual([39, 39, 22]);
  });

  test('an edition with nothing in it says so, in its subject too', async () => {
    const { html, text, subject } = await renderEdition(inventedContent('professional', { items: [], sections: [], more: 0 }));
    expect(text).toContain('Nothing new this time.');
    expect(parseMail(html).text).toContain('Nothing new this time.');
    expect(subject).toBe('Morning desk: nothing new');
  });

  test('posts that had no room in any section are counted once', async () => {
    const sections = [{ title: 'The best of Hacker News', more: 6 }];
    const said = async (more: number): Promise<string> =>
      (await renderEdition(inventedContent('brief', { sections, more, items: [inventedItem()] }))).text;
    expect(await said(6)).not.toContain('no room');
    expect(await said(10)).toContain('and 4 more posts that had no room');
    expect(await said(1_007)).toContain('and 1,001 more posts that had no room');
  });

  test('a post of a section that is not there is shown all the same', async () => {
    const { text } = await renderEdition(inventedContent('brief', { items: [inventedItem({ section: 19, title: 'Astray' })] }));
    expect(text).toContain('Astray');
  });

  test('a test says so at the top and in the subject', async () => {
    const { html, text, subject } = await renderEdition(inventedContent('professional', { isTest: true }));
    expect(subject).toMatch(/^TEST Morning desk: /);
    expect(text).toMatch(/^TEST\. /);
    expect(parseMail(html).text.indexOf('TEST. ')).toBeLessThan(parseMail(html).text.indexOf('No. 213'));
    const real = await renderEdition(inventedContent());
    expect(`${real.subject}${real.text}${real.html}`).not.toContain('TEST');
  });

  test('the foot says why it came and how to leave, by the address given', async () => {
    const told = await renderEdition(inventedContent(), { unsubscribe: 'leave@desk.example' });
    expect(oneLine(told.text)).toContain('To leave the list, write to leave@desk.example.');
    const links = parseMail(told.html).tags.filter(({ attributes }) => attributes.href?.startsWith('mailto:'));
    expect(links.map(({ attributes }) => attributes.href)).toEqual(['mailto:leave@desk.example']);
    const untold = await renderEdition(inventedContent());
    expect(oneLine(untold.text)).toContain('because your address is on the list of Morning desk.');
    expect(untold.text).toContain('To leave the list, answer this mail and say so.');
    const odd = await renderEdition(inventedContent(), { unsubscribe: 'a@b.example?bcc=evil@x.example' });
    expect(odd.html).toBe(untold.html);
  });

  test('is light by itself, dark where that is asked for, and loads nothing', async () => {
    const { html } = await renderEdition(inventedContent('magazine'), {});
    const { tags, sheets } = parseMail(html);
    expect(tags).toContainEqual({ tag: 'meta', attributes: { name: 'color-scheme', content: 'light dark' } });
    expect(sheets.join('')).toContain('@media (prefers-color-scheme:dark)');
    expect(sheets.join('')).not.toMatch(/url\(|@import|@font-face/);
    expect(strangersIn(parseMail(html))).toEqual([]);
  });

  test('twenty posts stay well below the 100 KB at which some programs cut a mail', async () => {
    const items = Array.from({ length: 20 }, (_, index) => inventedItem({ postId: `p${index}` }));
    for (const tone of TONES) {
      const { html } = await renderEdition(inventedContent(tone, { items }));
      expect(Buffer.byteLength(html)).toBeLessThan(45_000);
    }
  });
});

describe('the same edition', () => {
  const inEnvironment = async <T>(change: Record<string, string>, ask: () => Promise<T>): Promise<T> => {
    const before = { ...process.env };
    Object.assign(process.env, change);
    try {
      return await ask();
    } finally {
      process.env = before;
    }
  };

  test.each(TONES)(
    'is the same bytes twice, after a round trip, in another zone and language of the machine (%s)',
    async (tone) => {
      const first = await renderEdition(inventedContent(tone));
      const stored = JSON.parse(JSON.stringify(inventedContent(tone))) as ReturnType<typeof inventedContent>;
      const again = await inEnvironment({ TZ: 'Pacific/Kiritimati', LANG: 'ar_EG.UTF-8', LC_ALL: 'ar_EG.UTF-8' }, () =>
        renderEdition(stored),
      );
      expect(again).toEqual(first);
    },
  );

  test('is the same bytes for a row whose fields are stored in another order', async () => {
    const content = inventedContent('magazine');
    const turned = <T extends object>(row: T): T => Object.fromEntries(Object.entries(row).toReversed()) as T;
    expect(await renderEdition(turned({ ...content, items: content.items.map(turned) }))).toEqual(await renderEdition(content));
  });
});
