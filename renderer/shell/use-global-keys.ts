import { useCallback } from 'react';
import { useAction } from '../client/use-action.ts';
import { go } from '../client/use-view.ts';
import { focusSearch } from '../posts/search-field.tsx';
import { useKeys } from '../ui/keys.ts';
import { useToast } from '../ui/toast.tsx';

/** Starts *Fetch feeds* by hand and says so. */
export const useFetchNow = (): (() => void) => {
  const start = useAction('runs.start');
  const toast = useToast();
  const { run } = start;
  return useCallback(async () => {
    const answer = await run({ jobKind: 'fetch-feeds' });
    if (!answer.ok) toast({ text: answer.error.message });
    else toast({ text: answer.result.alreadyRunning ? 'Already fetching' : 'Fetching all sources' });
  }, [run, toast]);
};

/** The keys that work on every screen. */
export const useGlobalKeys = (onHelp: () => void): void => {
  const fetchNow = useFetchNow();
  useKeys({
    '?': onHelp,
    '/': () => {
      if (!focusSearch()) go(['posts', 'all'], { find: '1' });
    },
    r: fetchNow,
    'g t': () => go(['posts', 'today']),
    'g a': () => go(['posts', 'all']),
    'g u': () => go(['posts', 'unread']),
    'g s': () => go(['posts', 'starred']),
    'g n': () => go(['posts', 'hacker-news']),
    'g l': () => go(['posts', 'last-hour']),
    'g f': () => go(['sources']),
    'g d': () => go(['schedules']),
    'g h': () => go(['history']),
    'g i': () => go(['stats']),
    'g ,': () => go(['settings']),
  });
};
