import type { FeedSource, Source, SourcePatch } from '../../preload/contract/source.ts';
import type { SourceValue } from '../../preload/contract/stats.ts';
import { useClient } from '../client/client-context.tsx';
import { dayAndMonth } from '../ui/format.ts';
import { useToast } from '../ui/toast.tsx';
import { words } from '../words/words.ts';

const { fixes: say, done } = words.sourceValue;

const MUTE_MS = 30 * 86_400_000;
const DAY_MINUTES = 1440;
/** As many as one question may name. */
const MARKED_AT_ONCE = 10_000;

/** One thing that can be done about a source with a click. */
export type Fix = { key: string; label: string; run: () => Promise<void> };

/** Where a feed of the same site may be found. */
const siteOf = (source: FeedSource): string => source.siteUrl ?? URL.parse(source.feedUrl)?.origin ?? source.feedUrl;

/** Changes a source and says so, with the way back. */
const useChange = () => {
  const client = useClient();
  const toast = useToast();
  return async (source: Source, patch: SourcePatch, back: SourcePatch, text: string): Promise<void> => {
    const answer = await client.request('sources.update', { id: source.id, patch });
    if (!answer.ok) return toast({ text: answer.error.message });
    toast({ text, undo: () => void client.request('sources.update', { id: source.id, patch: back }) });
  };
};

/** Looks for another feed on the site, and reads that one from now on. */
const useOtherAddress = () => {
  const client = useClient();
  const toast = useToast();
  const change = useChange();
  return async (source: FeedSource): Promise<void> => {
    const place = siteOf(source);
    const answer = await client.request('sources.discover', { url: place });
    if (!answer.ok) return toast({ text: answer.error.message });
    const other = answer.result.feeds.find((feed) => feed.feedUrl !== source.feedUrl && !feed.alreadySourceId);
    if (!other) return toast({ text: done.noOther(place) });
    await change(source, { feedUrl: other.feedUrl }, { feedUrl: source.feedUrl }, done.address(source.title));
  };
};

const useMarkRead = () => {
  const client = useClient();
  const toast = useToast();
  return async ({ id, title }: Source): Promise<void> => {
    const answer = await client.request('posts.markAllRead', { query: { view: 'all', sourceId: id } });
    if (!answer.ok) return toast({ text: answer.error.message });
    const { changed } = answer.result;
    const undo = async (): Promise<void> => {
      for (let at = 0; at < changed.length; at += MARKED_AT_ONCE)
        await client.request('posts.mark', { ids: changed.slice(at, at + MARKED_AT_ONCE), isRead: false });
    };
    toast({ text: done.markRead(title, changed.length), undo: () => void undo() });
  };
};

/** What can be done about a source, what helps most first. */
export const useFixes = (): ((row: SourceValue, now: number) => Fix[]) => {
  const change = useChange();
  const otherAddress = useOtherAddress();
  const markRead = useMarkRead();
  return (row, now) => {
    const { source, verdict, movedTo, higherScore, unread } = row;
    const isStuck = verdict === 'failing' || verdict === 'blocked' || verdict === 'idle';
    const isHidden =
      verdict === 'noisy' || verdict === 'fine' || verdict === 'valuable' || verdict === 'quiet' || verdict === 'new';
    const until = new Date(now + MUTE_MS).toISOString();
    const { title } = source;
    const turn = (key: string, label: string, patch: SourcePatch, back: SourcePatch, text: string): Fix => ({
      key,
      label,
      run: () => change(source, patch, back, text),
    });
    const other: Fix | false = source.kind === 'feed' && {
      key: 'other',
      label: say.otherAddress,
      run: () => otherAddress(source),
    };
    const fixes: (Fix | false)[] = [
      source.kind === 'hacker-news' &&
        higherScore !== undefined &&
        turn(
          'score',
          say.score(higherScore),
          { minScore: higherScore },
          { minScore: source.minScore },
          done.score(title, higherScore),
        ),
      source.kind === 'feed' &&
        movedTo !== undefined &&
        turn('moved', say.newAddress, { feedUrl: movedTo }, { feedUrl: source.feedUrl }, done.address(title)),
      verdict === 'dead' && other,
      isHidden &&
        !source.muted &&
        turn(
          'mute',
          say.mute,
          { muted: true, mutedUntil: until },
          { muted: false, mutedUntil: null },
          done.mute(title, dayAndMonth(until, now)),
        ),
      source.kind === 'feed' &&
        source.everyMinutes !== DAY_MINUTES &&
        !source.paused &&
        turn(
          'seldom',
          say.seldom,
          { everyMinutes: DAY_MINUTES },
          { everyMinutes: source.everyMinutes ?? null },
          done.seldom(title),
        ),
      source.paused
        ? turn('resume', say.resume, { paused: false }, { paused: true }, done.resume(title))
        : turn('pause', say.pause, { paused: true }, { paused: false }, done.pause(title)),
      isStuck && other,
      unread > 0 && { key: 'read', label: say.markRead(unread), run: () => markRead(source) },
    ];
    return fixes.filter((fix) => fix !== false);
  };
};
