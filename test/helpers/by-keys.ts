import { expect, type Locator, type Page } from '@playwright/test';

/* Moving through the window as somebody does who has no pointer. */

/** Presses keys as `useKeys` writes them: `j`, `g t`, `Mod+k`, `Shift+F6`. */
export const pressKeys = async (page: Page, keys: string): Promise<void> => {
  // Both keys of a pair at once: on a busy machine the second could come too late.
  await Promise.all(keys.split(' ').map((key) => page.keyboard.press(key.replace('Mod', 'Control'))));
};

/** The whole text of an element, nothing more. */
export const exactly = (words: string): RegExp => new RegExp(`^${words.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')}$`);
/** Opens the palette, types `text`, chooses the entry that is called `words` with the arrow keys, and presses Enter. */
export const choose = async (page: Page, words: string, text = words): Promise<void> => {
  await pressKeys(page, 'Mod+k');
  const palette = page.getByRole('dialog', { name: 'Find anything, do anything' });
  await expect(palette.getByRole('combobox')).toBeFocused();
  await page.keyboard.insertText(text);
  const option = palette
    .getByRole('option')
    .filter({ has: page.locator('.palette-words', { hasText: exactly(words) }) })
    .first();
  await option.waitFor();
  for (let step = 0; step < 60 && (await option.getAttribute('aria-selected')) !== 'true'; step += 1)
    await page.keyboard.press('ArrowDown');
  await expect(option).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('Enter');
  await expect(palette).toBeHidden();
};

const MOST_STEPS = 400;
/** Presses Tab (or `key`) until `target` has the focus; fails when it never gets it. */
export const tabTo = async (page: Page, target: Locator, key = 'Tab'): Promise<void> => {
  await target.waitFor();
  const isThere = () => target.evaluate((element) => element === document.activeElement);
  for (let step = 0; step < MOST_STEPS; step += 1) {
    if (await isThere()) return;
    await page.keyboard.press(key);
  }
  await expect(target, 'reached with Tab').toBeFocused();
};
/** Goes to a control with Tab and presses Enter, or `key`. */
export const tabAndPress = async (page: Page, target: Locator, key = 'Enter'): Promise<void> => {
  await tabTo(page, target);
  await page.keyboard.press(key);
};
