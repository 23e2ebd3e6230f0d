import type { Handlers } from '../../preload/contract/contract.ts';
import type { OpmlImport, Source } from '../../preload/contract/source.ts';
import type { OpmlList } from '../feeds/opml.ts';
import { toInstant } from '../lib/clock.ts';
import { sourceKey, toSource } from './new-source.ts';
import type { Services } from './services.ts';
import { changeSources } from './sources.ts';

type Refusal = OpmlImport['refused'][number];
type Plan = { put: Source[]; result: OpmlImport };

/** The sources a list means, each as it would be stored; what cannot be one is refused by itself. */
const toSources = (list: OpmlList, allowLocalNetwork: boolean, now: number): { sources: Source[]; refused: Refusal[] } => {
  const refused: Refusal[] = list.refused.map(({ url, title, reason }) => ({ url, reason, ...(title ? { title } : {}) }));
  const feeds = list.outlines.map((outline): Source => {
    const source = toSource({ kind: 'feed', ...outline, ...(allowLocalNetwork ? { allowLocalNetwork } : {}) }, now);
    // The list's reader has written the address in its one way already, and keeps apart what the list keeps apart.
    return source.kind === 'feed' ? { ...source, feedUrl: outline.feedUrl } : source;
  });
  const lists = list.hackerNews.map((outline) => toSource({ kind: 'hacker-news', ...outline }, now));
  if (list.counts.leftOut > 0)
    refused.push({ url: '', reason: `${list.counts.leftOut} more feeds were left out: a list may have 5,000.` });
  return { sources: [...feeds, ...lists], refused };
};

const plan = (list: OpmlList, allowLocalNetwork: boolean, present: readonly Source[], now: number): Plan => {
  const { sources, refused } = toSources(list, allowLocalNetwork, now);
  const taken = new Set(present.map(sourceKey));
  const put: Source[] = [];
  for (const source of sources) {
    if (taken.has(sourceKey(source))) continue;
    taken.add(sourceKey(source));
    put.push(source);
  }
  const result: OpmlImport = {
    ...(list.title ? { title: list.title } : {}),
    found: sources.length + list.refused.length,
    added: put.length,
    known: sources.length - put.length,
    folders: list.counts.folders,
    refused,
  };
  return { put, result };
};

/** Lists of feeds, in and out. Nothing is fetched. */
export const createOpmlHandlers = (services: Services): Pick<Handlers, 'sources.importOpml' | 'sources.exportOpml'> => ({
  'sources.importOpml': async ({ text, allowLocalNetwork = false }) => {
    const { parseOpml } = await import('../feeds/opml.ts');
    const list = parseOpml(text);
    return changeSources(services, (present) => plan(list, allowLocalNetwork, present, services.clock.now()));
  },
  'sources.exportOpml': async () => {
    const { writeOpml } = await import('../feeds/write-opml.ts');
    const now = toInstant(services.clock.now());
    return { fileName: `tidings-sources-${now.slice(0, 10)}.opml`, text: writeOpml(services.store.sources.all(), now) };
  },
});
