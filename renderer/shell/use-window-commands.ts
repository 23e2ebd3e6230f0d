import type { Settings } from '../../preload/contract/settings.ts';
import type { AppStatus } from '../../preload/contract/status.ts';
import type { Client } from '../client/client.ts';
import { useClient } from '../client/client-context.tsx';
import { saveText } from '../client/save-text.ts';
import { useFetch } from '../client/use-fetch.ts';
import { startAndFollow } from '../client/use-run-now.ts';
import { go } from '../client/use-view.ts';
import { focusSearch } from '../posts/search-field.tsx';
import type { CommandId } from '../ui/commands.ts';
import { endedToast } from '../ui/run-toast.ts';
import { type Toast, useToast } from '../ui/toast.tsx';
import { type Doable, useCommands } from '../ui/use-commands.ts';
import { words } from '../words/words.ts';
import { moveToPart } from './parts.ts';
import { isDarkNow } from './use-appearance.ts';

const { shell: say } = words;
const HOUR_MS = 3_600_000;

type Say = (toast: Toast) => void;
type Known = { status: AppStatus | undefined; settings: Settings | undefined };
type Opening = { onKeys: () => void; onPalette: () => void };

/** Places that are a command away: the path, and what narrows it. */
const PLACES: [id: CommandId, path: string[], params?: Record<string, string>][] = [
  ['go.today', ['posts', 'today']],
  ['go.all', ['posts', 'all']],
  ['go.unread', ['posts', 'unread']],
  ['go.starred', ['posts', 'starred']],
  ['go.hackerNews', ['posts', 'hacker-news']],
  ['go.lastHour', ['posts', 'last-hour']],
  ['go.top', ['top']],
  ['go.sources', ['sources']],
  ['go.rules', ['rules']],
  ['go.domains', ['domains']],
  ['go.schedules', ['schedules']],
  ['go.history', ['history']],
  ['go.problems', ['history'], { problems: '1' }],
  ['go.grid', ['history', 'grid'], {}],
  ['go.digests', ['digests']],
  ['go.stats', ['stats']],
  ['go.settings', ['settings']],
  ['go.series', ['sources', 'series']],
  ['go.searches', ['searches']],
  ['go.help', ['help']],
  ['go.welcome', ['welcome']],
  ['source.add', ['sources', 'add']],
  ['source.addHackerNews', ['sources', 'add'], { kind: 'hacker-news' }],
  ['sources.import', ['sources', 'add'], { kind: 'opml' }],
  ['rule.add', ['rules', 'new']],
  ['schedule.add', ['schedules', 'new']],
  ['digest.add', ['digests', 'new']],
];
const goings: Doable[] = PLACES.map(([id, path, params]) => ({ id, run: () => go(path, params) }));

const exportSources = async (client: Client, toast: Say): Promise<void> => {
  const answer = await client.request('sources.exportOpml', {});
  if (answer.ok) saveText(answer.result.fileName, answer.result.text, 'text/x-opml');
  else toast({ text: answer.error.message });
};
const backUp = async (client: Client, toast: Say): Promise<void> => {
  const answer = await startAndFollow(client, () => client.request('runs.start', { jobKind: 'back-up' }));
  if (!answer.ok) return toast({ text: answer.error.message });
  const run = await answer.result.ended;
  toast(endedToast(run, () => go(['history', 'run', run.id])));
};
const putAlertsAway = async (client: Client, toast: Say, ids: string[]): Promise<void> => {
  for (const id of ids) {
    const answer = await client.request('app.dismissAlert', { id });
    if (!answer.ok) return toast({ text: answer.error.message });
  }
  toast({ text: say.allAnswered });
};

/** What is done to the whole of Tidings. */
const useDoings = ({ status, settings }: Known): Doable[] => {
  const client = useClient();
  const toast = useToast();
  const tell = async (asked: Promise<{ ok: true } | { ok: false; error: { message: string } }>, text?: string) => {
    const answer = await asked;
    if (!answer.ok) toast({ text: answer.error.message });
    else if (text) toast({ text });
  };
  const pause = (text: string, until?: string) => void tell(client.request('schedules.pauseAll', until ? { until } : {}), text);
  const alerts = status?.alerts?.map(({ id }) => id) ?? [];
  const isPaused = Boolean(status?.pausedUntil);
  const set = (patch: Partial<Settings>) => void tell(client.request('settings.update', { patch }));
  return [
    { id: 'sources.export', run: () => void exportSources(client, toast) },
    { id: 'backup.make', run: () => void backUp(client, toast) },
    { id: 'schedules.pauseHour', run: () => pause(say.pausedHour, new Date(Date.now() + HOUR_MS).toISOString()) },
    { id: 'schedules.pause', isOff: isPaused, run: () => pause(say.paused) },
    { id: 'schedules.resume', isOff: !isPaused, run: () => void tell(client.request('schedules.resumeAll', {}), say.resumed) },
    {
      id: 'receipt.putAway',
      isOff: !status?.receipt,
      run: () => void tell(client.request('app.dismissReceipt', {}), say.receiptGone),
    },
    { id: 'alerts.putAway', isOff: alerts.length === 0, run: () => void putAlertsAway(client, toast, alerts) },
    { id: 'look.switch', run: () => set({ appearance: isDarkNow() ? 'light' : 'dark' }) },
    { id: 'look.density', run: () => set({ density: settings?.density === 'compact' ? 'comfortable' : 'compact' }) },
    { id: 'window.reload', run: () => location.reload() },
  ];
};

/** The commands that are there on every screen. */
export const useWindowCommands = (known: Known, { onKeys, onPalette }: Opening): void => {
  const fetch = useFetch();
  const toast = useToast();
  const doings = useDoings(known);
  useCommands([
    { id: 'palette.open', run: onPalette },
    { id: 'keys.show', run: onKeys },
    {
      id: 'posts.find',
      run: () => {
        if (!focusSearch()) go(['posts', 'all'], { find: '1' });
      },
    },
    { id: 'feeds.fetch', run: async () => toast({ text: await fetch() }) },
    { id: 'pane.next', run: () => moveToPart(1) },
    { id: 'pane.previous', run: () => moveToPart(-1) },
    ...doings,
    ...goings,
  ]);
};
