import { deflateSync } from 'node:zlib';
import { Parser } from 'htmlparser2';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { imageKindOf } from '../../../main/feeds/image-kind.ts';
import { toImagePlace } from '../../../main/feeds/post-images.ts';
import { sanitise } from '../../../main/feeds/sanitise.ts';
import { createImageLoader } from '../../../main/jobs/load-image.ts';
import { AppError } from '../../../preload/contract/errors.ts';
import { hostileCase } from '../../helpers/hostile-case.ts';
import { body, createJobsBench, type JobsBench } from '../../helpers/jobs-bench.ts';
import { XSS_VECTORS } from '../feeds/xss-vectors.ts';

const BASE = 'https://example.org/2026/post';

/** The beginning of a PNG, as long as wanted. */
const png = (width: number, height: number, bytes = 64): Buffer => {
  const head = Buffer.alloc(Math.max(bytes, 33));
  head.write('\x89PNG\r\n\x1a\n', 0, 'latin1');
  head.writeUInt32BE(13, 8);
  head.write('IHDR', 12, 'latin1');
  head.writeUInt32BE(width, 16);
  head.writeUInt32BE(height, 20);
  return head;
};

describe('an image of a post', () => {
  const urlOf = (attributes: Record<string, string>): string => {
    const place = toImagePlace(attributes, BASE);
    return typeof place === 'object' ? place.url : String(place);
  };
  test('has its address from where pages hide it: lazy attributes, `srcset`, relative and protocol-relative', () => {
    expect(urlOf({ src: 'a.png' })).toBe('https://example.org/2026/a.png');
    expect(urlOf({ src: '//cdn.example/a.png' })).toBe('https://cdn.example/a.png');
    expect(urlOf({ src: 'data:image/gif;base64,R0lGOD', 'data-src': '/real.jpg' })).toBe('https://example.org/real.jpg');
    expect(urlOf({ src: 'small.jpg', srcset: 'a.jpg 400w, b.jpg 1400w, c.jpg 4000w' })).toBe('https://example.org/2026/b.jpg');
    expect(urlOf({ src: 'small.jpg', srcset: 'a.jpg 1x, b.jpg 2x' })).toBe('https://example.org/2026/b.jpg');
    expect(urlOf({ 'data-srcset': 'x.jpg 640w' })).toBe('https://example.org/2026/x.jpg');
  });
  test('has none that is no picture or no address, and SVG is none', () => {
    for (const src of ['javascript:alert(1)', 'file:///etc/passwd', 'data:image/svg+xml;base64,AAAA', 'a.svg', 'a.svg?x=1', '']) {
      expect(toImagePlace({ src }, BASE), src).toBeUndefined();
    }
    expect(toImagePlace({ src: 'a.png' })).toBeUndefined();
  });
  test('keeps its size where the page says it in pixels', () => {
    expect(toImagePlace({ src: '/a.png', width: '640', height: '480px', alt: ' A coast ' }, BASE)).toMatchObject({
      width: 640,
      height: 480,
      alt: 'A coast',
      host: 'example.org',
    });
    expect(toImagePlace({ src: '/a.png', width: '100%', height: '480' }, BASE)).not.toHaveProperty('width');
  });
  hostileCase(92, 'a tracker is no image: it is counted and has no address that anybody could ask for', () => {
    const trackers = [
      '<img src="https://t.example/p.gif" width="1" height="1">',
      '<img src="https://t.example/p" width=0>',
      '<img src="https://t.example/p" style="width:1px;height:1px">',
      '<img src="https://t.example/p" style="display:none">',
      '<img src="https://feeds.feedburner.com/~r/x/~4/y">',
      '<img src="https://pixel.wp.com/b.gif?x=1">',
      '<img src="https://example.org/pixel.gif?u=1">',
    ];
    const {
      html,
      images,
      trackers: counted,
      blockedImages,
    } = sanitise(`<p>a</p>${trackers.join('')}`, {
      baseUrl: BASE,
      keepsPlaces: true,
    });
    expect({ html, images, counted, blockedImages }).toEqual({
      html: '<p>a</p>',
      images: [],
      counted: trackers.length,
      blockedImages: 0,
    });
    return 'OK';
  });
});

describe('the places of images in a sanitised text', () => {
  /** What a browser would find on the images of a text. */
  const attributesOf = (html: string): string[] => {
    const found: string[] = [];
    const parser = new Parser({
      onopentag: (name, attributes) => {
        if (name === 'img') found.push(...Object.keys(attributes));
        else if ('data-image' in attributes || 'src' in attributes) found.push(`${name}!`);
      },
    });
    parser.end(html);
    return found;
  };
  test('say their words and their key, and nothing that could be loaded', () => {
    const given =
      '<p><img src="https://a.example/x.png" data-image="mine" onerror="x()" srcset="y.png 2x" style="width:9px" alt="X &amp; Y"></p>';
    const { html, images } = sanitise(given, { baseUrl: BASE, keepsPlaces: true });
    expect(html).toBe(`<p><img alt="X &amp; Y" data-image="${images[0]?.key}" /></p>`);
    expect(sanitise(given, { baseUrl: BASE }).html).toBe('<p>X &amp; Y</p>');
  });
  test('the same image twice is one, and two hundred are enough', () => {
    const many = Array.from({ length: 300 }, (_, at) => `<img src="/${at}.png"><img src="/${at}.png">`).join('');
    const { images, blockedImages } = sanitise(many, { baseUrl: BASE, keepsPlaces: true });
    expect(images).toHaveLength(200);
    expect(blockedImages).toBe(600);
  });
  hostileCase(87, 'no vector gets a source, a handler or a style through them', () => {
    for (const vector of XSS_VECTORS) {
      const { html } = sanitise(`<p>${vector}</p>`, { baseUrl: BASE, keepsPlaces: true });
      expect(attributesOf(html).filter((name) => name !== 'alt' && name !== 'data-image')).toEqual([]);
    }
    return 'OK';
  });
});

describe('what kind of image bytes are', () => {
  test('is told by their first bytes, with their size', () => {
    const gif = Buffer.from('GIF89a\x0a\x00\x05\x00', 'latin1');
    const jpeg = Buffer.concat([
      Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 4, 0, 0]),
      Buffer.from([0xff, 0xc2, 0, 11, 8, 1, 0, 2, 0x80, 3, 0, 0]),
    ]);
    const webp = Buffer.alloc(40);
    webp.write('RIFF....WEBPVP8X', 0, 'latin1');
    webp.writeUIntLE(639, 24, 3);
    webp.writeUIntLE(479, 27, 3);
    const avif = Buffer.alloc(60);
    avif.write('....ftypavif', 0, 'latin1');
    avif.write('ispe', 24, 'latin1');
    avif.writeUInt32BE(100, 32);
    avif.writeUInt32BE(50, 36);
    expect(imageKindOf(png(3, 4))).toEqual({ type: 'image/png', width: 3, height: 4 });
    expect(imageKindOf(gif)).toEqual({ type: 'image/gif', width: 10, height: 5 });
    expect(imageKindOf(jpeg)).toEqual({ type: 'image/jpeg', width: 640, height: 256 });
    expect(imageKindOf(webp)).toEqual({ type: 'image/webp', width: 640, height: 480 });
    expect(imageKindOf(avif)).toEqual({ type: 'image/avif', width: 100, height: 50 });
  });
  test('is none for SVG, HTML and noise, and cut or lying bytes never throw', () => {
    for (const text of ['<svg xmlns="http://www.w3.org/2000/svg"/>', '<!doctype html>', 'GIF', '', '\x89PNG'])
      expect(imageKindOf(Buffer.from(text, 'latin1'))).toBeUndefined();
    const starts = ['\x89PNG\r\n\x1a\n', '\xff\xd8\xff', 'GIF89a', 'RIFF____WEBPVP8L', '____ftypavif__ispe'];
    for (const start of starts) {
      for (let length = 0; length < 48; length += 1) {
        const bytes = Buffer.concat([Buffer.from(start, 'latin1'), Buffer.alloc(length, 0xff)]);
        expect(() => imageKindOf(bytes)).not.toThrow();
      }
    }
  });
});

describe('loading an image', () => {
  let bench: JobsBench;
  beforeEach(async () => {
    bench = await createJobsBench();
  });
  afterEach(() => bench.close());

  const serve = (url: string, bytes: Uint8Array) =>
    bench.web.set(url, () => ({ ...body(''), kind: 'body', bytes, contentType: 'text/html' }) as ReturnType<typeof body>);
  const codeOf = async (work: Promise<unknown>): Promise<string> => {
    const error = await work.then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
    return error instanceof AppError ? error.code : 'OK';
  };

  test('goes through the downloader as an image, once for each address, however often it is asked for', async () => {
    const loader = createImageLoader(bench.services);
    const url = 'https://a.example/x.png';
    serve(url, png(10, 20));
    const both = await Promise.all([loader.load('p', { url }), loader.load('p', { url })]);
    expect(both[0]).toMatchObject({ type: 'image/png', width: 10, height: 20 });
    await loader.load('another post', { url });
    expect(bench.asked.map(({ url: asked, purpose }) => [asked, purpose])).toEqual([[url, 'image']]);
  });
  test('believes the bytes and not the type: a page and an SVG are no pictures, a dot is a tracker, a trap is too big', async () => {
    const loader = createImageLoader(bench.services);
    serve('https://a.example/page', Buffer.from('<!doctype html><script>1</script>'));
    serve('https://a.example/svg', Buffer.from('<svg onload="x()"/>'));
    serve('https://a.example/dot', png(1, 1));
    serve('https://a.example/trap', png(30_000, 30_000));
    const load = (name: string) => loader.load('p', { url: `https://a.example/${name}` });
    expect(await codeOf(load('page'))).toBe('DOC_MALFORMED');
    expect(await codeOf(load('svg'))).toBe('DOC_MALFORMED');
    await expect(load('dot')).rejects.toMatchObject({ code: 'DOC_MALFORMED', details: { field: 'tracker' } });
    expect(await codeOf(load('trap'))).toBe('BODY_TOO_BIG');
  });
  test('stops at 20 MB a post, and other posts still load', async () => {
    const loader = createImageLoader(bench.services);
    const url = (at: number) => `https://a.example/${at}.png`;
    for (let at = 0; at < 6; at += 1) serve(url(at), png(10, 10, 4_900_000));
    for (let at = 0; at < 4; at += 1) await loader.load('p', { url: url(at) });
    expect(await codeOf(loader.load('p', { url: url(4) }))).toBe('BODY_TOO_BIG');
    expect(await codeOf(loader.load('q', { url: url(5) }))).toBe('OK');
  });
  test('an image that the post carries in itself asks nobody', async () => {
    const loader = createImageLoader(bench.services);
    const data = `data:image/png;base64,${png(9, 9, 500).toString('base64')}`;
    const place = toImagePlace({ src: data }, BASE);
    expect(place).toMatchObject({ host: '' });
    expect(await loader.load('p', { url: data })).toMatchObject({ width: 9 });
    expect(bench.asked).toEqual([]);
  });
  test('the local network is asked only where the owner allowed that very host, and a host that wants a pause gets it', async () => {
    const loader = createImageLoader(bench.services);
    await bench.addFeed('a', { feedUrl: 'http://192.168.1.5/feed', allowLocalNetwork: true });
    for (const host of ['192.168.1.5', '192.168.1.6']) {
      serve(`http://${host}/x.png`, png(5, 5));
      await loader.load('p', { url: `http://${host}/x.png` });
    }
    expect(bench.asked.map(({ allowLocalNetwork = false }) => allowLocalNetwork)).toEqual([true, false]);
    bench.web.set('https://busy.example/x.png', () => new AppError('HTTP_429', 'Later.', { status: 429, retryAfterMs: 600_000 }));
    expect(await codeOf(loader.load('p', { url: 'https://busy.example/x.png' }))).toBe('HTTP_429');
    const asked = bench.asked.length;
    expect(await codeOf(loader.load('p', { url: 'https://busy.example/y.png' }))).toBe('HTTP_429');
    expect(bench.asked).toHaveLength(asked);
  });
});

test('the demo draws a picture that a browser could read', async () => {
  const { pictureFor } = await import('../../../main/demo/pictures.ts');
  const picture = pictureFor('/pictures/coast-1.png') ?? Buffer.alloc(0);
  expect(imageKindOf(picture)).toEqual({ type: 'image/png', width: 960, height: 540 });
  expect(pictureFor('/pictures/../x.png')).toBeUndefined();
  expect(deflateSync(picture).length).toBeGreaterThan(1000);
});
