/** The images that are shown. No SVG: it is a document, not a picture. */
export type ImageType = 'image/png' | 'image/jpeg' | 'image/gif' | 'image/webp' | 'image/avif';

/** What the bytes of an image say of themselves; sizes in pixels, absent where they are not where they should be. */
export type ImageKind = { type: ImageType; width?: number; height?: number };

type Size = { width: number; height: number } | undefined;

const text = (bytes: Buffer, from: number, to: number): string => bytes.toString('latin1', from, to);
const sized = (width: number, height: number): Size => (width > 0 && height > 0 ? { width, height } : undefined);

/** https://www.w3.org/TR/png-3/#11IHDR */
const pngSize = (bytes: Buffer): Size => (bytes.length >= 24 ? sized(bytes.readUInt32BE(16), bytes.readUInt32BE(20)) : undefined);
const gifSize = (bytes: Buffer): Size => (bytes.length >= 10 ? sized(bytes.readUInt16LE(6), bytes.readUInt16LE(8)) : undefined);

/** Frame headers; DHT (c4), JPG (c8) and DAC (cc) are none. ITU-T T.81, table B.1 */
const isFrame = (marker: number): boolean => marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);

const jpegSize = (bytes: Buffer): Size => {
  let at = 2;
  while (at + 9 < bytes.length && bytes[at] === 0xff) {
    const marker = bytes[at + 1] as number;
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    if (isFrame(marker)) return sized(bytes.readUInt16BE(at + 7), bytes.readUInt16BE(at + 5));
    const length = bytes.readUInt16BE(at + 2);
    if (length < 2) return undefined;
    at += 2 + length;
  }
  return undefined;
};

/** https://developers.google.com/speed/webp/docs/riff_container */
const webpSize = (bytes: Buffer): Size => {
  if (bytes.length < 30) return undefined;
  const form = text(bytes, 12, 16);
  if (form === 'VP8X') return sized(1 + bytes.readUIntLE(24, 3), 1 + bytes.readUIntLE(27, 3));
  if (form === 'VP8 ') return sized(bytes.readUInt16LE(26) & 0x3fff, bytes.readUInt16LE(28) & 0x3fff);
  if (form !== 'VP8L') return undefined;
  const bits = bytes.readUInt32LE(21);
  return sized(1 + (bits & 0x3fff), 1 + ((bits >>> 14) & 0x3fff));
};

/** The first image's extent stands in an `ispe` box near the beginning. ISO/IEC 23008-12, 6.5.3 */
const avifSize = (bytes: Buffer): Size => {
  const at = bytes.subarray(0, 65_536).indexOf('ispe', 0, 'latin1');
  return at > 0 && at + 16 <= bytes.length ? sized(bytes.readUInt32BE(at + 8), bytes.readUInt32BE(at + 12)) : undefined;
};

const KINDS: readonly { type: ImageType; is: (bytes: Buffer) => boolean; size: (bytes: Buffer) => Size }[] = [
  { type: 'image/png', is: (bytes) => text(bytes, 0, 8) === '\x89PNG\r\n\x1a\n', size: pngSize },
  { type: 'image/jpeg', is: (bytes) => text(bytes, 0, 3) === '\xff\xd8\xff', size: jpegSize },
  { type: 'image/gif', is: (bytes) => /^GIF8[79]a/.test(text(bytes, 0, 6)), size: gifSize },
  { type: 'image/webp', is: (bytes) => text(bytes, 0, 4) === 'RIFF' && text(bytes, 8, 12) === 'WEBP', size: webpSize },
  { type: 'image/avif', is: (bytes) => /^ftypavi[fs]$/.test(text(bytes, 4, 12)), size: avifSize },
];

/** What kind of image these bytes are, by their first bytes only; undefined for all that is not shown. Never throws. */
export const imageKindOf = (bytes: Uint8Array): ImageKind | undefined => {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const kind = KINDS.find(({ is }) => is(buffer));
  return kind && { type: kind.type, ...kind.size(buffer) };
};
