import { crc32, deflateSync } from 'node:zlib';

/** In the order in which they are painted over one another: colour, left, top, right, bottom, in pixels. */
const shapes: [color: number, left: number, top: number, right: number, bottom: number][] = [
  [0xcfe3ec, 0, 0, 480, 300],
  [0xb9b59f, 0, 250, 480, 300],
  [0xe9dcc3, 60, 100, 420, 250],
  [0xb4573a, 45, 80, 435, 104],
  [0x2f6b3a, 210, 150, 270, 250],
  [0xf3c64f, 255, 198, 262, 206],
  [0x7fa6b8, 95, 140, 165, 205],
  [0x7fa6b8, 315, 140, 385, 205],
  [0xfbfaf5, 127, 140, 133, 205],
  [0xfbfaf5, 347, 140, 353, 205],
  [0x8a6a3b, 100, 225, 190, 250],
];

/** The front of a depot, drawn: a wall, a roof, a green door, a crate. A PNG, the same every time. */
export function inventPhoto(): Uint8Array {
  const [width, height] = [480, 300];
  const pixels = Buffer.alloc((width + 1) * height);
  for (const [index, [, left, top, right, bottom]] of shapes.entries())
    for (let y = top; y < bottom; y++) pixels.fill(index, y * (width + 1) + 1 + left, y * (width + 1) + 1 + right);
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  // Eight bits a pixel, each the number of a colour.
  header.set([8, 3, 0, 0, 0], 8);
  const palette = Buffer.from(shapes.flatMap(([color]) => [color >> 16, (color >> 8) & 255, color & 255]));
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('PLTE', palette),
    chunk('IDAT', deflateSync(pixels)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(name: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(name, 'latin1'), data]);
  const [size, check] = [Buffer.alloc(4), Buffer.alloc(4)];
  size.writeUInt32BE(data.length);
  check.writeUInt32BE(crc32(body));
  return Buffer.concat([size, body, check]);
}
