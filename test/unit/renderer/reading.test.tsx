// @vitest-environment happy-dom
import { act, fireEvent, screen, waitFor } from '@testing-library/react';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { AppError } from '../../../preload/contract/errors.ts';
import type { PostDetail } from '../../../preload/contract/post.ts';
import type { AppStatus } from '../../../preload/contract/status.ts';
import { aboutFile, kindOf } from '../../../renderer/posts/enclosures.tsx';
import { PostsScreen } from '../../../renderer/posts/posts-screen.tsx';
import type { FakeCore } from '../../helpers/fake-core.ts';
import { showScreen } from './screen-kit.tsx';

/* The page of this test has no frames that load; the journeys look into the real one. */
vi.mock('../../../renderer/posts/article-frame.tsx', () => ({
  ArticleFrame: ({ title }: { title: string }) => <div className="article-frame" title={title} />,
}));
afterEach(() => vi.restoreAllMocks());

const TEXT = '<p>The harbour kept its own tables.</p>';
let serial = 0;

/** Opens a feed's post that is as told; each test has a post of its own, because the window remembers what was asked of one. */
const openPost = async (told: Partial<PostDetail>, prepare?: (core: FakeCore) => void) => {
  serial += 1;
  const id = `reading-${serial}`;
  const detail: { now: PostDetail | undefined } = { now: undefined };
  const kit = await showScreen(PostsScreen, '#/posts/all', (core) => {
    const post = core.data.posts.find(({ hn, url }) => !hn && url);
    if (!post) throw new Error('There is no post of a feed');
    post.id = id;
    detail.now = { ...post, html: TEXT, blockedImages: 0, images: [], trackers: 0, ...told, id };
    core.answers['posts.get'] = () => detail.now as PostDetail;
    prepare?.(core);
  });
  location.hash = `#/posts/all?post=${id}`;
  await screen.findByRole('toolbar', { name: 'This post' });
  await waitFor(() => expect(document.querySelector('.article-frame')).not.toBeNull());
  const change = async (part: Partial<PostDetail>) => {
    detail.now = { ...(detail.now as PostDetail), ...part };
    await kit.announce({ name: 'posts.changed', data: { added: 0 } });
  };
  return { ...kit, id, change };
};
const press = (key: string) => act(async () => void fireEvent.keyDown(document.body, { key }));
const image = (key: string) => ({ key, host: 'pictures.example', alt: '' });
const part = { type: 'image/png', base64: 'AAAA', size: 3 } as const;

describe('the images of a post', () => {
  const three = { blockedImages: 3, images: ['a', 'b', 'c'].map(image) };
  test('are not asked for by opening it; `i` asks for each once, in the order of the text', async () => {
    const { askedFor, id } = await openPost({ ...three, trackers: 2 }, (core) => {
      core.answers['posts.image'] = () => part;
    });
    expect(await screen.findByText(/3 images are not loaded/)).toBeTruthy();
    expect(screen.getByText(/2 trackers left out/)).toBeTruthy();
    expect(askedFor('posts.image')).toEqual([]);
    await press('i');
    await waitFor(() => expect(askedFor('posts.image')).toHaveLength(3));
    expect(askedFor('posts.image')).toEqual(['a', 'b', 'c'].map((key) => ({ id, image: key, from: 0 })));
    await waitFor(() => expect(screen.queryByText(/not loaded/)).toBeNull());
  });
  test('come in parts where they are large', async () => {
    const { askedFor } = await openPost({ blockedImages: 1, images: [image('a')] }, (core) => {
      core.answers['posts.image'] = ({ from = 0 }) => (from === 0 ? { ...part, next: 3 } : part);
    });
    await press('i');
    await waitFor(() => expect(askedFor('posts.image').map(({ from }) => from)).toEqual([0, 3]));
  });
  test('that cannot be loaded say so, and are asked for again', async () => {
    const { askedFor } = await openPost({ blockedImages: 1, images: [image('a')] }, (core) => {
      core.answers['posts.image'] = () => {
        throw new AppError('HTTP_4XX', 'The server answered 404.');
      };
    });
    await press('i');
    expect(await screen.findByText(/1 image could not be loaded/)).toBeTruthy();
    fireEvent.click(screen.getByRole('button', { name: 'Try again' }));
    await waitFor(() => expect(askedFor('posts.image')).toHaveLength(2));
  });
  test('wait when there is no connection: the rest is not tried, and none counts as failed', async () => {
    const { core, askedFor } = await openPost(three, (given) => {
      const status = given.answers['app.status'];
      given.answers['app.status'] = (params) => ({ ...(status?.(params) as AppStatus), offlineSince: new Date().toISOString() });
      given.answers['posts.image'] = () => {
        throw new AppError('DNS_FAIL', 'There is no server of this name.');
      };
    });
    await press('i');
    expect(await screen.findByText(/There is no connection, so the images wait/)).toBeTruthy();
    expect(screen.queryByText(/could not be loaded/)).toBeNull();
    const before = askedFor('posts.image').length;
    core.answers['posts.image'] = () => part;
    fireEvent.click(screen.getByRole('button', { name: 'Try again' }));
    await waitFor(() => expect(askedFor('posts.image')).toHaveLength(before + 3));
  });
  test('are loaded at once where their source may, and “always” can be undone', async () => {
    const { askedFor } = await openPost({ ...three, wants: { images: true, fullArticle: false } }, (core) => {
      core.answers['posts.image'] = () => part;
    });
    await waitFor(() => expect(askedFor('posts.image')).toHaveLength(3));
    expect(screen.queryByRole('button', { name: 'Always for this source' })).toBeNull();
  });
  test('“always” is said to the source, and undone from its message', async () => {
    const { askedFor } = await openPost(three, (core) => {
      core.answers['sources.update'] = ({ id }) => ({ id }) as never;
    });
    fireEvent.click(await screen.findByRole('button', { name: 'Always for this source' }));
    fireEvent.click(await screen.findByRole('button', { name: /Undo/ }));
    await waitFor(() =>
      expect(askedFor('sources.update').map(({ patch }) => patch)).toEqual([{ images: true }, { images: false }]),
    );
  });
});

describe('the article of a post', () => {
  const ARTICLE = '<p>The whole article, as the page has it.</p>';
  test('is asked for by itself where its source wants it, once, and shown when it is there', async () => {
    const { askedFor, change } = await openPost({ wants: { images: false, fullArticle: true } }, (core) => {
      core.answers['posts.extract'] = ({ id }) => ({ id }) as never;
    });
    await waitFor(() => expect(askedFor('posts.extract')).toHaveLength(1));
    await change({ html: ARTICLE, isExtracted: true });
    expect(await screen.findByText(/This is the article as taken from/)).toBeTruthy();
    await change({ html: TEXT, isExtracted: false });
    expect(askedFor('posts.extract')).toHaveLength(1);
  });
  test('waits while the feed’s text is being read, and `d` shows it', async () => {
    const { askedFor, change } = await openPost({});
    const scroller = document.querySelector('.reader-scroll') as HTMLElement;
    scroller.scrollTop = 400;
    await change({ html: ARTICLE, isExtracted: true });
    expect(await screen.findByText(/The whole article is here/)).toBeTruthy();
    expect(screen.queryByText(/This is the article as taken from/)).toBeNull();
    await press('d');
    expect(await screen.findByText(/This is the article as taken from/)).toBeTruthy();
    expect(scroller.scrollTop).toBe(0);
    expect(askedFor('posts.extract')).toEqual([]);
  });
  test('that cannot be taken leaves the text, says why, and can be tried again', async () => {
    const { askedFor } = await openPost({}, (core) => {
      core.answers['posts.extract'] = () => {
        throw new AppError('DOC_MALFORMED', 'No article was found on this page.');
      };
    });
    await press('d');
    expect(await screen.findByText(/could not be taken\. No article was found on this page\./)).toBeTruthy();
    fireEvent.click(screen.getByRole('button', { name: 'Try again' }));
    await waitFor(() => expect(askedFor('posts.extract')).toHaveLength(2));
  });
});

describe('an updated post', () => {
  test('says when, and `e` tells what is different', async () => {
    const at = new Date(Date.now() - 3 * 3_600_000).toISOString();
    await openPost({ updatedAt: at, hasChanges: true }, (core) => {
      core.answers['posts.changes'] = () => ({
        at,
        title: [],
        text: [
          { kind: 'same', text: 'For ninety' },
          { kind: 'added', text: '-one' },
          { kind: 'cut', text: '' },
        ],
        isWhole: false,
      });
    });
    expect(await screen.findByText('Updated 3 h ago')).toBeTruthy();
    await press('e');
    const added = (await screen.findByText('-one', { exact: false })).closest('ins');
    expect(added?.textContent).toMatch(/put in: -one/);
    await press('e');
    expect(screen.queryByRole('region', { name: 'What changed in this post' })).toBeNull();
  });
});

describe('the files of a post', () => {
  test('say what they are, how large and how long, as far as the feed tells', () => {
    const url = 'https://a.example/x.mp3?y=1';
    expect(aboutFile({ url, type: 'audio/mpeg', length: 18_400_000, seconds: 2590 })).toBe('Audio, 18 MB, 43 min 10');
    expect(aboutFile({ url: 'https://a.example/notes.pdf', type: 'application/pdf' })).toBe('application/pdf');
    expect([kindOf({ url }), kindOf({ url: 'https://a.example/f.webm' }), kindOf({ url: 'x', type: 'image/png' })]).toEqual([
      'audio',
      'video',
      'picture',
    ]);
  });
});

test('`y` copies the link, `]` makes the text larger', async () => {
  const writeText = vi.fn(async () => undefined);
  Object.defineProperty(navigator, 'clipboard', { value: { writeText }, configurable: true });
  const { askedFor } = await openPost({});
  await press('y');
  await waitFor(() => expect(writeText).toHaveBeenCalledTimes(1));
  await press(']');
  await waitFor(() => expect(askedFor('settings.update').at(-1)?.patch).toHaveProperty('readingSize'));
});
