import bwip from 'bwip-js/node';

/** A code to be read by a machine, as dark boxes in a unit of its own: `width` × `height` of them, quiet zone left out. */
export type Code = { width: number; height: number; boxes: [x: number, y: number, width: number, height: number][] };

type Bars = { sbs: number[] };
type Squares = { pixs: number[]; pixx: number; pixy: number };
const raw = bwip.raw as unknown as (options: Record<string, unknown>) => [Bars & Squares];

/** A bar code (Code 128) of letters and figures without accents; one unit high, to be drawn as tall as there is room. */
export function code128(text: string): Code {
  const [{ sbs }] = raw({ bcid: 'code128', text });
  const boxes: Code['boxes'] = [];
  let x = 0;
  for (const [index, width] of sbs.entries()) {
    if (index % 2 === 0) boxes.push([x, 0, width, 1]);
    x += width;
  }
  return { width: x, height: 1, boxes };
}

/** A square code (QR). Its mask is given: looking for the best of eight takes five times as long, and readers do with any. */
export function qrCode(text: string): Code {
  const [{ pixs, pixx, pixy }] = raw({ bcid: 'qrcode', text, eclevel: 'M', mask: 3 });
  const boxes: Code['boxes'] = [];
  for (let y = 0; y < pixy; y++) {
    for (let x = 0; x < pixx; x++) {
      if (!pixs[y * pixx + x]) continue;
      let end = x + 1;
      while (end < pixx && pixs[y * pixx + end]) end += 1;
      boxes.push([x, y, end - x, 1]);
      x = end;
    }
  }
  return { width: pixx, height: pixy, boxes };
}
