import type { Handlers } from '../../preload/contract/contract.ts';
import type { PostChanges } from '../../preload/contract/post.ts';
import { createPlaces } from './post-detail.ts';
import type { Services } from './services.ts';
import { found } from './views.ts';

/** Bytes of an image in one answer: a wire carries several of them without holding up the rest. */
const PART_BYTES = 750_000;

type Former = Awaited<ReturnType<Services['store']['bodies']['former']>>;

/** What is different between two versions; both in full, one after the other, where they cannot be held against each other. */
const compare = async (former: NonNullable<Former>, title: string): Promise<PostChanges> => {
  const { changesBetween, toLines } = await import('../feeds/changes.ts');
  const lines = { before: former.text === undefined ? '' : toLines(former.text), now: toLines(former.own) };
  const text = former.text === undefined ? [] : changesBetween(lines.before, lines.now);
  const titles = former.title === undefined ? [] : changesBetween(former.title, title);
  const whole = (before: string, now: string) => [
    { kind: 'removed' as const, text: before },
    { kind: 'added' as const, text: now },
  ];
  return {
    at: former.at,
    title: titles ?? whole(former.title ?? '', title),
    text: text ?? whole(lines.before, lines.now),
    isWhole: text === undefined,
  };
};

/** What the screen can ask while a post is read. */
export const createReadingHandlers = (services: Services): Pick<Handlers, 'posts.image' | 'posts.changes'> => {
  const { store } = services;
  const placeOf = createPlaces(services);
  return {
    'posts.changes': async ({ id }) => {
      const post = found(await store.posts.get(id), 'post');
      return compare(found(await store.bodies.former(post), 'earlier version'), post.title);
    },
    'posts.image': async ({ id, image, from = 0 }) => {
      const post = found(await store.posts.get(id), 'post');
      const place = found(await placeOf(post, image), 'image in this post');
      const { images } = await services.machine();
      const { bytes, ...kind } = await images.load(id, place);
      const to = Math.min(from + PART_BYTES, bytes.length);
      return {
        ...kind,
        base64: bytes.toString('base64', from, to),
        size: bytes.length,
        ...(to < bytes.length ? { next: to } : {}),
      };
    },
  };
};
