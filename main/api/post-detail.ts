import type { Post, PostDetail, PostImage } from '../../preload/contract/post.ts';
import type { ImagePlace } from '../feeds/post-images.ts';
import type { Sanitised } from '../feeds/sanitise.ts';
import type { Services } from './services.ts';
import { toStoryRow } from './views.ts';

const toImage = ({ url: _url, ...image }: ImagePlace): PostImage => image;

/** A post's body as it may be shown. The sanitiser is loaded when the first post is opened. */
const readBody = async ({ store }: Pick<Services, 'store'>, post: Post): Promise<Sanitised> => {
  const [body, { sanitise }] = await Promise.all([store.bodies.get(post), import('../feeds/sanitise.ts')]);
  return sanitise(body ?? '', { keepsPlaces: true, ...(post.url ? { baseUrl: post.url } : {}) });
};

/** A post opened for reading. Its images are told by name; their addresses stay here. */
export const toDetail = async (services: Pick<Services, 'store'>, post: Post): Promise<PostDetail> => {
  const { store } = services;
  const { html, images, blockedImages, trackers } = await readBody(services, post);
  const hasChanges = post.updatedAt !== undefined && (await store.bodies.former(post)) !== undefined;
  const source = store.sources.get(post.sourceId);
  return {
    ...toStoryRow(store, post),
    html,
    blockedImages,
    images: images.map(toImage),
    trackers,
    ...(hasChanges ? { hasChanges } : {}),
    wants: { images: source?.images ?? false, fullArticle: source?.fullArticle ?? false },
  };
};

/** Where the images of the posts opened last are: a post is not read anew for each of its images. */
export const createPlaces = (services: Pick<Services, 'store'>) => {
  const MOST = 8;
  const known = new Map<string, { body: string | undefined; places: ReadonlyMap<string, ImagePlace> }>();
  return async (post: Post, key: string): Promise<ImagePlace | undefined> => {
    const before = known.get(post.id);
    const body = await services.store.bodies.get(post);
    if (before && before.body === body) return before.places.get(key);
    const { images } = await readBody(services, post);
    const places = new Map(images.map((image) => [image.key, image]));
    known.delete(post.id);
    known.set(post.id, { body, places });
    const [oldest] = known.keys();
    if (known.size > MOST && oldest !== undefined) known.delete(oldest);
    return places.get(key);
  };
};
