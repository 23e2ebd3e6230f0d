import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { renderEdition } from '../../../main/digest/render/render.ts';
import type { EditionContent } from '../../../preload/contract/digest.ts';
import { DIGEST_TONES, inventedContent, inventedItem } from '../../helpers/invented-editions.ts';
import { XSS_VECTORS } from '../../unit/feeds/xss-vectors.ts';
import { expect, test } from '../hosts.ts';

/* An edition as a mail, opened in a browser: looked over by axe, at the width of a phone and of a desk, in the light and in the dark. */

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
/** A mail stands inside the page of another program, which has the landmarks. */
const UNFIT = ['region', 'landmark-one-main'];
const WIDTHS = [360, 700];

const faults = async (page: Page): Promise<string[]> => {
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().withTags(TAGS).disableRules(UNFIT).analyze();
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html.slice(0, 160)).join(' | ')}`);
};

const EDITIONS: Record<string, EditionContent> = {
  ...Object.fromEntries(DIGEST_TONES.map((tone) => [tone, inventedContent(tone)])),
  test: inventedContent('professional', { isTest: true }),
  nothing: inventedContent('professional', { items: [], sections: [], more: 0 }),
  'no section titles': inventedContent('brief', { sections: [], items: [inventedItem({ section: 0 })], more: 3 }),
};

for (const [colorScheme, axeWidth] of [
  ['light', 360],
  ['dark', 700],
] as const) {
  test(`axe finds no fault in any mail, and no mail scrolls sideways or asks for anything, ${colorScheme}`, async ({ page }) => {
    const asked: string[] = [];
    page.on('request', (request) => void asked.push(request.url()));
    await page.emulateMedia({ colorScheme });
    for (const [name, content] of Object.entries(EDITIONS)) {
      const { html } = await renderEdition(content, { unsubscribe: 'leave@harrow.example' });
      await page.setContent(html);
      for (const width of WIDTHS) {
        await page.setViewportSize({ width, height: 800 });
        if (width === axeWidth) expect.soft(await faults(page), `${name}, ${width}`).toEqual([]);
        const overflows = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
        expect.soft(overflows, `${name}, ${width}, scrolls sideways`).toBe(false);
      }
      const background = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
      expect.soft(background, name).toBe(colorScheme === 'dark' ? 'rgb(27, 28, 30)' : 'rgb(255, 255, 255)');
    }
    expect(asked).toEqual([]);
  });
}

test('markup in posts neither runs nor loads in a mail opened in a browser', async ({ page }) => {
  const asked: string[] = [];
  page.on('request', (request) => void asked.push(request.url()));
  const items = XSS_VECTORS.map((vector, index) =>
    inventedItem({
      postId: `p${index}`,
      title: vector.slice(0, 500),
      summary: vector.slice(0, 1200),
      why: vector.slice(0, 200),
      url: vector,
    }),
  );
  expect(items.length).toBeGreaterThan(100);
  const { html } = await renderEdition(inventedContent('magazine', { items, name: XSS_VECTORS[0]?.slice(0, 200) ?? '' }));
  await page.setContent(html);
  await expect(page.getByRole('heading', { level: 3 })).toHaveCount(items.length);
  expect(await page.evaluate(() => Reflect.get(window, '__pwned'))).toBeUndefined();
  expect(await page.locator('script, img, iframe, object, form, svg, [onclick], [onerror], [onload]').count()).toBe(0);
  expect(await page.locator('a:not([href^="http:"], [href^="https:"])').count()).toBe(0);
  expect(asked).toEqual([]);
});
