import { startSmallWeb } from '../../helpers/small-web.ts';
import { expect, test } from './desktop.ts';

/* What rules tell, as a message of the system. */

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
