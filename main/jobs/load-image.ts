import { AppError, toAppError } from '../../preload/contract/errors.ts';
import { type ImageKind, imageKindOf } from '../feeds/image-kind.ts';
import type { ImagePlace } from '../feeds/post-images.ts';
import { checkHostPause, rememberHostPause } from './extract-article.ts';
import type { JobServices } from './services.ts';
import { isAllowedLocally } from './visit-domain.ts';

/** An image as it was loaded: checked by its first bytes. */
export type LoadedImage = ImageKind & { bytes: Buffer };

/** Loads images that the owner asked for, and keeps the last ones in memory only. */
export type ImageLoader = {
  /**
   * Throws AppError of the network; BODY_TOO_BIG beyond the limit of an image or a post; DOC_MALFORMED for what is no picture,
   * SVG included, and for a dot that only counts readers (its field is `tracker`).
   */
  load: (postId: string, place: Pick<ImagePlace, 'url'>) => Promise<LoadedImage>;
};

type Deps = Pick<JobServices, 'store' | 'downloader' | 'clock'>;

/** Bytes that all images of one post may have, and that are kept in memory. One image: the downloader's own limit, 5 MiB. */
const MOST_FOR_A_POST = 20 * 1_048_576;
const MOST_KEPT = 48 * 1_048_576;
const MOST_POSTS = 100;
/** An image with more dots than this may be a trap: it would need 200 MB to be shown. */
const MOST_DOTS = 50_000_000;
const DOT = 2;

const check = (bytes: Buffer): LoadedImage => {
  const kind = imageKindOf(bytes);
  if (!kind) throw new AppError('DOC_MALFORMED', 'What the server sent is not a picture that can be shown here.');
  const { width = 0, height = 0 } = kind;
  if (width * height > MOST_DOTS) throw new AppError('BODY_TOO_BIG', 'This picture has too many dots to be shown.');
  if (width > 0 && width <= DOT && height <= DOT)
    throw new AppError('DOC_MALFORMED', 'This is a dot that only counts readers.', { field: 'tracker' });
  return { ...kind, bytes };
};

const download = async (deps: Deps, url: string): Promise<Buffer> => {
  checkHostPause(deps, url);
  try {
    const answer = await deps.downloader.download({
      url,
      purpose: 'image',
      timeoutMs: deps.store.settings.get().timeoutSeconds * 1000,
      ...(isAllowedLocally(deps, url) ? { allowLocalNetwork: true } : {}),
    });
    if (answer.kind === 'body') return Buffer.from(answer.bytes);
  } catch (thrown) {
    const error = toAppError(thrown);
    await rememberHostPause(deps, url, error);
    throw error;
  }
  throw new AppError('DOC_MALFORMED', 'The server sent no picture.');
};

const inline = (url: string): Buffer => Buffer.from(url.slice(url.indexOf(',') + 1), 'base64');

/** The last images by address, least recently used first; at most `MOST_KEPT` bytes. */
const createMemory = () => {
  const kept = new Map<string, LoadedImage>();
  let total = 0;
  const forget = (url: string): void => {
    total -= kept.get(url)?.bytes.length ?? 0;
    kept.delete(url);
  };
  return {
    get: (url: string): LoadedImage | undefined => {
      const image = kept.get(url);
      if (image) kept.delete(url);
      if (image) kept.set(url, image);
      return image;
    },
    put: (url: string, image: LoadedImage): void => {
      forget(url);
      kept.set(url, image);
      total += image.bytes.length;
      for (const oldest of kept.keys()) {
        if (total <= MOST_KEPT) return;
        forget(oldest);
      }
    },
  };
};

/** What each post has taken so far, by address. */
const createBudgets = () => {
  const posts = new Map<string, Map<string, number>>();
  const takenBy = (postId: string): Map<string, number> => {
    const taken = posts.get(postId) ?? new Map<string, number>();
    posts.delete(postId);
    posts.set(postId, taken);
    const [oldest] = posts.keys();
    if (posts.size > MOST_POSTS && oldest !== undefined) posts.delete(oldest);
    return taken;
  };
  /** Throws BODY_TOO_BIG when the post cannot take so many bytes more. */
  return (postId: string, url: string, bytes: number): void => {
    const taken = takenBy(postId);
    let others = 0;
    for (const [key, size] of taken) if (key !== url) others += size;
    if (others + bytes > MOST_FOR_A_POST)
      throw new AppError('BODY_TOO_BIG', 'The pictures of this post are more than 20 MB together: this one was left out.');
    taken.set(url, bytes);
  };
};

/** A loader with a memory of its own. Two that ask for the same image at once share one download. */
export const createImageLoader = (deps: Deps): ImageLoader => {
  const memory = createMemory();
  const spend = createBudgets();
  const underWay = new Map<string, Promise<LoadedImage>>();

  const fetch = async (url: string): Promise<LoadedImage> => {
    const image = check(await download(deps, url));
    memory.put(url, image);
    return image;
  };
  const shared = (url: string): Promise<LoadedImage> => {
    const running = underWay.get(url) ?? fetch(url).finally(() => underWay.delete(url));
    underWay.set(url, running);
    return running;
  };
  return {
    load: async (postId, { url }) => {
      if (url.startsWith('data:')) return check(inline(url));
      const known = memory.get(url);
      // A post that has had its share asks no server any more.
      if (!known) spend(postId, url, 1);
      const image = known ?? (await shared(url));
      spend(postId, url, image.bytes.length);
      return image;
    },
  };
};
