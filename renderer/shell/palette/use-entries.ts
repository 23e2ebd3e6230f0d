import { useEffect, useMemo, useState } from 'react';
import type { ScheduleRow } from '../../../preload/contract/schedule.ts';
import { useClient } from '../../client/client-context.tsx';
import { useQuery } from '../../client/use-query.ts';
import { startAndFollow } from '../../client/use-run-now.ts';
import { go } from '../../client/use-view.ts';
import { endedToast } from '../../ui/run-toast.ts';
import { useToast } from '../../ui/toast.tsx';
import { doableCommands } from '../../ui/use-commands.ts';
import { words } from '../../words/words.ts';
import { commandEntries, folderEntries, postEntries, scheduleEntries, shelfEntries, sourceEntries } from './entries.ts';
import type { Entry } from './entry.ts';
import { settingEntries } from './settings.ts';

const { palette: say } = words;
/** So many of the newest posts are found by a few letters of their titles; older ones by whole words. */
const RECENT_POSTS = 200;

/** Everything the palette finds, as it was when the palette was opened and as it comes in. */
export const useEntries = (): Entry[] => {
  const client = useClient();
  const toast = useToast();
  const [commands] = useState(() => commandEntries(doableCommands()));
  const sources = useQuery('sources.list', {}).data;
  const schedules = useQuery('schedules.list', {}).data;
  const searches = useQuery('searches.list', {}).data;
  const labels = useQuery('posts.counts', {}).data?.labels;
  const status = useQuery('app.status', {}).data;
  const settings = useQuery('settings.get', {}).data;
  const posts = useQuery('posts.list', { view: 'all', limit: RECENT_POSTS }).data;
  return useMemo(() => {
    const runNow = async ({ schedule }: ScheduleRow) => {
      const answer = await startAndFollow(client, () => client.request('runs.start', { scheduleId: schedule.id }));
      if (!answer.ok) return toast({ text: answer.error.message });
      if (answer.result.alreadyRunning) toast({ text: say.alreadyGoing(answer.result.run.name) });
      const run = await answer.result.ended;
      toast(endedToast(run, () => go(['history', 'run', run.id])));
    };
    return [
      ...commands,
      ...scheduleEntries(schedules ?? [], (row) => void runNow(row)),
      ...shelfEntries(searches ?? [], labels),
      ...folderEntries(sources ?? []),
      ...sourceEntries(sources ?? []),
      ...(settings ? settingEntries({ settings, status, errors: {}, change: () => undefined }) : []),
      ...postEntries(posts?.rows ?? []),
    ];
  }, [client, toast, commands, searches, labels, sources, schedules, posts, status, settings]);
};

const SETTLED_MS = 120;
const LEAST_LETTERS = 3;
const MOST_FOUND = 6;
/** Posts of any age that hold the words of `text`; none while it is short or still being typed. */
export const useFoundPosts = (text: string): Entry[] => {
  const [asked, setAsked] = useState('');
  useEffect(() => {
    const timer = setTimeout(() => setAsked(text.trim().slice(0, 200)), SETTLED_MS);
    return () => clearTimeout(timer);
  }, [text]);
  const isAsked = asked.length >= LEAST_LETTERS && asked === text.trim();
  const found = useQuery('posts.list', isAsked ? { view: 'all', search: asked, limit: MOST_FOUND } : null);
  return useMemo(
    () => (isAsked && !found.isPrevious ? postEntries(found.data?.rows ?? []) : []),
    [isAsked, found.isPrevious, found.data],
  );
};
