import type { Handlers } from '../../preload/contract/contract.ts';
import { AppError } from '../../preload/contract/errors.ts';
import type { FollowedAuthor, GapMap } from '../../preload/contract/gap-map.ts';
import { toInstant } from '../lib/clock.ts';
import { newId } from '../lib/ids.ts';
import type { Services } from './services.ts';
import { found } from './views.ts';

type GapHandlers = Pick<Handlers, 'gaps.list' | 'gaps.get' | 'authors.list' | 'authors.follow' | 'authors.unfollow'>;
type On = FollowedAuthor['on'];

const missingIn = ({ parts }: GapMap): number => parts.filter(({ state }) => state === 'missing').length;
/** Those with gaps first, then by name. */
const byGaps = (left: GapMap, right: GapMap): number =>
  Number(missingIn(right) > 0) - Number(missingIn(left) > 0) || left.title.localeCompare(right.title);

const placeOf = (on: On): string => (on.kind === 'source' ? on.sourceId : on.kind);
const isSame = (author: FollowedAuthor, name: string, on: On): boolean =>
  placeOf(author.on) === placeOf(on) && author.name.toLowerCase() === name.toLowerCase();

/** What the screen can ask about series, followed authors and their gaps. */
export const createGapHandlers = ({ store, events, clock }: Services): GapHandlers => {
  // What a removed source leaves behind is taken away by the next run; until then it is not shown.
  const isThere = (sourceId: string | undefined): boolean => sourceId === undefined || store.sources.get(sourceId) !== undefined;
  return {
    'gaps.list': ({ kind }) =>
      store.gapMaps
        .all()
        .filter((map) => (!kind || map.kind === kind) && isThere(map.sourceId))
        .sort(byGaps),
    'gaps.get': ({ id }) => found(store.gapMaps.get(id), 'gap map'),
    'authors.list': () => store.authors.all().filter(({ on }) => on.kind !== 'source' || isThere(on.sourceId)),
    'authors.follow': async ({ name, on }) => {
      const known = store.authors.all().find((author) => isSame(author, name, on));
      if (known) return known;
      if (on.kind === 'source' && !isThere(on.sourceId)) throw new AppError('NOT_FOUND', 'There is no source with this id.');
      const now = clock.now();
      const author: FollowedAuthor = { id: newId(now), name, on, addedAt: toInstant(now) };
      await store.authors.put(author);
      events.emit('gaps.changed', { ids: [author.id] });
      return author;
    },
    'authors.unfollow': async ({ id }) => {
      const removed = await store.authors.remove(id);
      await store.gapMaps.remove([id]);
      if (removed) events.emit('gaps.changed', { ids: [id] });
      return { removed };
    },
  };
};
