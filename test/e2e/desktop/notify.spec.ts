import { startSmallWeb } from '../../helpers/small-web.ts';
import { expect, test } from './desktop.ts';

/* What is told, as messages of the system. */

test('A rule that tells shows one message a run while nobody looks, and a click opens the posts', async ({ startDesktop }) => {
  const web = await startSmallWeb();
  try {
    const desktop = await startDesktop();
    await desktop.page();
    await desktop.request('settings.update', { patch: { welcomed: true } });
    const source = await desktop.request('sources.add', { kind: 'feed', feedUrl: web.feedUrl, allowLocalNetwork: true });
    const conditions = [{ field: 'title', operator: 'matches', value: 'ir|fourth' }] as const;
    await desktop.request('rules.add', { name: 'News', match: 'all', conditions: [...conditions], actions: { notify: true } });

    // While the window is looked at, it says so itself.
    await desktop.request('sources.fetch', { ids: [source.id] });
    await expect((await desktop.page()).getByRole('status').getByText('2 new posts match News')).toBeVisible();
    expect(desktop.shown.notifications).toEqual([]);

    web.titles.unshift('Fourth');
    const release = web.hold();
    await desktop.request('sources.fetch', { ids: [source.id] });
    await desktop.ask({ kind: 'close-window' });
    await desktop.until(({ notifications }) => notifications.length === 1);
    expect(desktop.shown.notifications[0]?.title).toBe('Tidings goes on in the tray');
    release();
    await desktop.until(({ notifications }) => notifications.length === 2);
    expect(desktop.shown.notifications[1]).toEqual({ title: 'News', body: '1 new post matches' });

    await desktop.ask({ kind: 'click-notification' });
    const page = await desktop.page();
    await expect(page.getByRole('option', { name: /Fourth/ })).toBeVisible();
    expect(new URL(page.url()).hash).toMatch(/^#\/posts\/rule\//);
    await desktop.quit();
  } finally {
    await web.close();
  }
});

test('A chosen source tells of its new posts with one message a run, and a click opens them', async ({ startDesktop }) => {
  const web = await startSmallWeb();
  try {
    const desktop = await startDesktop();
    await desktop.page();
    await desktop.request('settings.update', { patch: { welcomed: true } });
    const source = await desktop.request('sources.add', { kind: 'feed', feedUrl: web.feedUrl, allowLocalNetwork: true });
    await desktop.request('sources.update', { id: source.id, patch: { notify: true } });
    const row = (await desktop.page()).getByRole('option', { name: /Third/ });
    await desktop.request('sources.fetch', { ids: [source.id] });
    await expect(row).toBeVisible();

    web.titles.unshift('Fifth', 'Fourth');
    const release = web.hold();
    await desktop.request('sources.fetch', { ids: [source.id] });
    await desktop.ask({ kind: 'close-window' });
    await desktop.until(({ isVisible }) => !isVisible);
    release();
    await desktop.until(({ notifications }) => notifications.some(({ title }) => title.startsWith(source.title)));
    // What it had before it was added was not told.
    const told = desktop.shown.notifications.filter(({ title }) => title !== 'Tidings goes on in the tray');
    expect(told).toEqual([{ title: `${source.title}: 2 new posts`, body: 'Fifth\nFourth' }]);

    await desktop.ask({ kind: 'click-notification' });
    const page = await desktop.page();
    await expect(page.getByRole('option', { name: /Fifth/ })).toBeVisible();
    expect(new URL(page.url()).hash).toBe(`#/posts/source/${source.id}`);
    await desktop.quit();
  } finally {
    await web.close();
  }
});

test('A test message is shown also to somebody who looks at the window', async ({ startDesktop }) => {
  const desktop = await startDesktop({ isDemo: true });
  const page = await desktop.page();
  await page.getByRole('navigation', { name: 'Views' }).waitFor();
  await page.evaluate(() => {
    location.hash = '#/settings/notifications';
  });
  await page.getByRole('button', { name: 'Send a test message: Show on this desktop' }).click();
  await desktop.until(({ notifications }) => notifications.some(({ title }) => title === 'A test message of Tidings'));
  await expect(page.getByText('A test message was handed to this computer.')).toBeVisible();
  await desktop.quit();
});
