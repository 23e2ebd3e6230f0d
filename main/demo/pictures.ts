import { crc32, deflateSync } from 'node:zlib';

/*
 * Pictures of the demo: contour lines of an invented coast, drawn when they are asked for. A PNG with a palette of its own.
 */

const WIDTH = 960;
const HEIGHTS = { coast: 540, legend: 180 } as const;
/** Deep water to high land, as old sheets are printed. */
const COLOURS = [0x9db8c4, 0xb4cad2, 0xcddce0, 0xe6e2d0, 0xdcd3b2, 0xcfc195, 0xbfac7c, 0xa99468];
const LINE = 0x4d5a5e;

/** https://www.w3.org/TR/png-3/#5Chunk-layout */
const chunk = (name: string, data: Buffer): Buffer => {
  const body = Buffer.concat([Buffer.from(name, 'latin1'), data]);
  const frame = Buffer.alloc(4);
  frame.writeUInt32BE(data.length);
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([frame, body, sum]);
};

const heightAt = (x: number, y: number, seed: number): number => {
  const u = x / 170 + seed * 1.7;
  const v = y / 150 - seed;
  const waves = Math.sin(u) + Math.sin(v * 1.3 + 0.6 * Math.sin(u * 0.7)) + 0.5 * Math.sin(u * 1.9 + v * 2.3);
  return (waves + 2.5) / 5 + (x / WIDTH - 0.5) * 0.35;
};

const levelAt = (x: number, y: number, seed: number): number =>
  Math.max(0, Math.min(COLOURS.length - 1, Math.floor(heightAt(x, y, seed) * COLOURS.length)));

const draw = (height: number, seed: number): Buffer => {
  const rows = Buffer.alloc(height * (WIDTH + 1));
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < WIDTH; x += 1) {
      const level = levelAt(x, y, seed);
      const isEdge = level !== levelAt(x + 1, y, seed) || level !== levelAt(x, y + 1, seed);
      rows[y * (WIDTH + 1) + 1 + x] = isEdge ? COLOURS.length : level;
    }
  }
  return rows;
};

const toPng = (height: number, seed: number): Buffer => {
  const head = Buffer.alloc(13);
  head.writeUInt32BE(WIDTH, 0);
  head.writeUInt32BE(height, 4);
  // Eight bits a dot, a palette.
  head.set([8, 3, 0, 0, 0], 8);
  const palette = Buffer.from([...COLOURS, LINE].flatMap((colour) => [colour >> 16, (colour >> 8) & 255, colour & 255]));
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', head),
    chunk('PLTE', palette),
    chunk('IDAT', deflateSync(draw(height, seed))),
    chunk('IEND', Buffer.alloc(0)),
  ]);
};

/** The picture at a path of the demo's sites, or nothing. */
export const pictureFor = (path: string): Buffer | undefined => {
  const [, kind, number] = /^\/pictures\/(coast|legend)-(\d{1,3})\.png$/.exec(path) ?? [];
  return kind ? toPng(HEIGHTS[kind as keyof typeof HEIGHTS], Number(number)) : undefined;
};
