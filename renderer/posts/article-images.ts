import type { PostImage } from '../../preload/contract/post.ts';
import { words } from '../words/words.ts';

const { images: say } = words.reader;

/** Where an image of the open post stands. `src` is a `data:` address of bytes the core has checked. */
export type ImageState =
  | { status: 'rest' | 'loading' }
  | { status: 'shown'; src: string }
  | { status: 'failed'; message: string; isTracker: boolean };
export type ImageStates = ReadonlyMap<string, ImageState>;
export const REST: ImageState = { status: 'rest' };

/** Smaller than this an image stands in a line of text. CSS pixels. */
const SMALL = 48;
const isSmall = ({ width = SMALL, height = SMALL }: PostImage): boolean => width < SMALL && height < SMALL;

const part = (page: Document, name: string, text: string): HTMLElement => {
  const element = page.createElement(name);
  element.textContent = text;
  return element;
};

/** A link must not hold a button: the button stands before it. */
const standBefore = (image: Element): Element => image.closest('a') ?? image;

/** What the button in the place of an image says. */
const dress = (place: HTMLButtonElement, image: PostImage, state: ImageState): void => {
  const page = place.ownerDocument;
  const act = { rest: say.placeLoad, loading: say.placeLoading, shown: '', failed: '' }[state.status];
  const isFailed = state.status === 'failed';
  place.replaceChildren(
    part(page, 'b', say.place(image.host)),
    part(page, 'span', image.alt),
    ...(isFailed ? [part(page, 'em', state.message)] : []),
    part(page, 'i', isFailed ? say.again : act),
  );
  place.dataset.state = state.status;
  place.setAttribute('aria-busy', String(state.status === 'loading'));
  place.hidden = state.status === 'shown' || (state.status === 'failed' && state.isTracker);
  const { width, height } = image;
  // Once it is asked for, its place is kept free for it, so that nothing moves when it comes.
  const isReserved = state.status === 'loading' && width !== undefined && height !== undefined && !isSmall(image);
  place.style.width = isReserved ? `min(100%, ${width}px)` : '';
  place.style.aspectRatio = isReserved ? `${width} / ${height}` : '';
};

/** The images of one page in a frame. */
export type ArrangedImages = {
  /**
   * Shows where each image stands. `keepPlace` is called around whatever changes the height of the page, so that the line that is
   * read stays where it is.
   */
  apply: (states: ImageStates, keepPlace: (change: () => void) => void) => void;
};
type Arranged = { image: PostImage; element: HTMLImageElement; place: HTMLButtonElement; shown: ImageState };

const arrangeOne = (page: Document, element: HTMLImageElement, image: PostImage, onLoad: (key: string) => void): Arranged => {
  const place = page.createElement('button');
  place.type = 'button';
  place.dataset.image = image.key;
  if (isSmall(image)) place.dataset.small = '';
  place.addEventListener('click', () => onLoad(image.key));
  element.hidden = true;
  if (image.width && image.height) {
    element.width = image.width;
    element.height = image.height;
  }
  standBefore(element).before(place);
  dress(place, image, REST);
  return { image, element, place, shown: REST };
};

const show = async (one: Arranged, src: string, keepPlace: (change: () => void) => void): Promise<void> => {
  one.element.src = src;
  // What is decoded before it is shown takes its place at once.
  const isGood = await one.element.decode().then(
    () => true,
    () => false,
  );
  keepPlace(() => {
    one.element.hidden = !isGood;
    dress(
      one.place,
      one.image,
      isGood ? { status: 'shown', src } : { status: 'failed', message: say.unreadable, isTracker: false },
    );
  });
};

/** Puts a button where each image of the page was; the page has `<img data-image>` there, without an address. */
export const arrangeImages = (page: Document, images: readonly PostImage[], onLoad: (key: string) => void): ArrangedImages => {
  const byKey = new Map(images.map((image) => [image.key, image]));
  const all = [...page.querySelectorAll<HTMLImageElement>('img[data-image]')].flatMap((element) => {
    const image = byKey.get(element.dataset.image ?? '');
    return image ? [arrangeOne(page, element, image, onLoad)] : [];
  });
  return {
    apply: (states, keepPlace) => {
      for (const one of all) {
        const state = states.get(one.image.key) ?? REST;
        if (state === one.shown) continue;
        one.shown = state;
        if (state.status === 'shown') void show(one, state.src, keepPlace);
        else keepPlace(() => dress(one.place, one.image, state));
      }
    },
  };
};
