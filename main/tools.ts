import { AppError } from '../preload/contract/errors.ts';
import type { ActiveWindow, Trigger } from '../preload/contract/schedule.ts';
import type { FeedInput, ParsedFeed } from './feeds/parsed-feed.ts';
import { systemClock } from './lib/clock.ts';
import type { Log } from './lib/log.ts';

/* What the command line offers without a data folder. Each loads what it needs when it is called. */

/** The next `count` due instants of a trigger inside its window, UTC. Throws SCHED_INVALID, SCHED_NEVER. */
export const nextInstants = async (
  trigger: Trigger,
  zone: string,
  from: string,
  count: number,
  window?: ActiveWindow,
): Promise<string[]> => {
  const { nextDues, readWindow, validateTrigger } = await import('./scheduler/next-due.ts');
  const checked = readWindow(window);
  return nextDues(validateTrigger(trigger, zone, { goesOut: false, window: checked }), zone, from, count, checked);
};

/** A list of feeds as text, whatever its charset. */
export const readOpmlText = async (bytes: Uint8Array): Promise<string> => (await import('./feeds/decode.ts')).decode(bytes).text;

/** A feed, normalised: what `tidings parse` prints. */
export type NormalisedFeed = Pick<ParsedFeed, 'format' | 'title' | 'link' | 'entries'>;
/** Reads feeds for the command line. */
export type FeedReader = {
  /** Throws AppError: NOT_A_FEED, DOC_*, PARSE_*. */
  parse: (input: FeedInput) => Promise<NormalisedFeed>;
  /** Downloads first; throws the codes of the network too. `base` stands in for the address in relative links. */
  fetch: (url: string, options: { allowLocalNetwork: boolean; base?: string; signal: AbortSignal }) => Promise<NormalisedFeed>;
  close: () => Promise<void>;
};

const normalise = ({ format, title, link, entries }: ParsedFeed): NormalisedFeed => ({
  format,
  ...(title === undefined ? {} : { title }),
  ...(link === undefined ? {} : { link }),
  entries: entries.map(({ id, title, link, published, updated, author, summary, content, enclosures }) => ({
    ...{ id, title, link, published, updated, author, summary, content },
    enclosures: enclosures.map(({ url, type, length }) => ({ url, type, length })),
  })),
});

/** A reader of feeds without a store. */
export const createFeedReader = async (deps: { log: Log; version: string }): Promise<FeedReader> => {
  const { createReaders } = await import('./machine.ts');
  const { downloader, parser } = createReaders({ ...deps, clock: systemClock });
  const parse = async (input: FeedInput): Promise<NormalisedFeed> => normalise(await parser.parse(input));
  return {
    parse,
    fetch: async (url, { base, ...options }) => {
      const answer = await downloader.download({ url, purpose: 'feed', ...options });
      if (answer.kind === 'not-modified')
        throw new AppError('NOT_MODIFIED_UNCACHED', 'The server said nothing changed, to a first question.');
      const { bytes, contentType, contentLocation, finalUrl } = answer;
      const own = { ...(contentType ? { contentType } : {}), ...(contentLocation ? { contentLocation } : {}) };
      return parse({ bytes, url: base ?? finalUrl, ...own });
    },
    close: async () => {
      await Promise.all([downloader.close(), parser.close()]);
    },
  };
};
