import AxeBuilder from '@axe-core/playwright';
import { DEMO_SCREENS, showScreen } from '../../helpers/screens.ts';
import { expect, test } from '../hosts.ts';

/* Every screen of the demo, looked over by axe against WCAG 2.2 A and AA. */

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
const LOOKS = [
  { name: 'light', colorScheme: 'light', viewport: { width: 1280, height: 800 } },
  { name: 'dark', colorScheme: 'dark', viewport: { width: 1280, height: 800 } },
  { name: 'light and small', colorScheme: 'light', viewport: { width: 900, height: 600 } },
] as const;

for (const { name, ...look } of LOOKS) {
  test(`axe finds no fault on any screen, ${name}`, async ({ launchDemo }) => {
    test.setTimeout(180_000);
    const { page } = await launchDemo({ ...look, args: ['--no-schedule'] });
    await page.emulateMedia({ reducedMotion: 'reduce' });
    for (const screen of DEMO_SCREENS) {
      await showScreen(page, screen);
      const { violations } = await new AxeBuilder({ page }).setLegacyMode().exclude('iframe').withTags(TAGS).analyze();
      const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html.slice(0, 160)).join(' | ')}`);
      expect.soft(found, `${screen.name}, ${name}`).toEqual([]);
      const isWide = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
      expect.soft(isWide, `${screen.name} scrolls sideways`).toBe(false);
    }
  });
}
