/* Writes pictures of an invented edition as a mail to docs/screens/: node test/helpers/mail-pictures.ts [tones...]. Needs ImageMagick. */
import { spawnSync } from 'node:child_process';
import { mkdir, stat } from 'node:fs/promises';
import { type BrowserContext, chromium } from '@playwright/test';
import { renderEdition } from '../../main/digest/render/render.ts';
import type { DigestTone } from '../../preload/contract/digest.ts';
import { findBrowser } from './browser.ts';
import { DIGEST_TONES, inventedContent } from './invented-editions.ts';

const OUT = new URL('../../docs/screens/', import.meta.url);
const WIDTHS = [360, 700];
const COLOURS = 96;

/** Makes a picture small: colours from a table. */
const shrink = (file: string): void => {
  const { status, stderr } = spawnSync('convert', [file, '+dither', '-colors', String(COLOURS), '-strip', `PNG8:${file}`], {
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`ImageMagick could not write ${file}: ${stderr}`);
};

const takePicture = async (context: BrowserContext, html: string, width: number, file: string): Promise<void> => {
  const page = await context.newPage();
  await page.setViewportSize({ width, height: 800 });
  await page.setContent(html);
  await page.screenshot({ path: file, fullPage: true });
  await page.close();
  shrink(file);
  console.log(`${file.split('/').at(-1)} ${Math.round((await stat(file)).size / 1024)} KB`);
};

const main = async (wanted: readonly string[]): Promise<void> => {
  const executablePath = findBrowser();
  if (!executablePath) throw new Error('No Chrome or Chromium is installed.');
  const browser = await chromium.launch({ executablePath, chromiumSandbox: process.getuid?.() !== 0 });
  const isWanted = (tone: DigestTone): boolean => wanted.length === 0 || wanted.includes(tone);
  try {
    await mkdir(OUT, { recursive: true });
    for (const colorScheme of ['light', 'dark'] as const) {
      const context = await browser.newContext({ colorScheme, javaScriptEnabled: false, offline: true });
      for (const tone of DIGEST_TONES.filter(isWanted)) {
        const { html } = await renderEdition(inventedContent(tone), { unsubscribe: 'leave@harrow.example' });
        for (const width of WIDTHS) {
          await takePicture(context, html, width, new URL(`mail-${tone}-${width}-${colorScheme}.png`, OUT).pathname);
        }
      }
      await context.close();
    }
  } finally {
    await browser.close();
  }
};

await main(process.argv.slice(2));
