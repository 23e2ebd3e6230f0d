import { useFetch } from '../client/use-fetch.ts';
import { go } from '../client/use-view.ts';
import { focusSearch } from '../posts/search-field.tsx';
import { useKeys } from '../ui/keys.ts';
import { useToast } from '../ui/toast.tsx';

/** The keys that work on every screen. */
export const useGlobalKeys = (onHelp: () => void): void => {
  const fetch = useFetch();
  const toast = useToast();
  useKeys({
    '?': onHelp,
    '/': () => {
      if (!focusSearch()) go(['posts', 'all'], { find: '1' });
    },
    r: async () => toast({ text: await fetch() }),
    'g t': () => go(['posts', 'today']),
    'g a': () => go(['posts', 'all']),
    'g u': () => go(['posts', 'unread']),
    'g s': () => go(['posts', 'starred']),
    'g n': () => go(['posts', 'hacker-news']),
    'g l': () => go(['posts', 'last-hour']),
    'g p': () => go(['top']),
    'g f': () => go(['sources']),
    'g o': () => go(['domains']),
    'g d': () => go(['schedules']),
    'g h': () => go(['history']),
    'g i': () => go(['stats']),
    'g ,': () => go(['settings']),
  });
};
