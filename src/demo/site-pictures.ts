import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { chance } from './random.ts';

/** The demonstration has no photos of anybody: its own are drawn, the same every time. As SVG, which the photos of a garden are made from. */

const sprite = readFileSync(fileURLToPath(new URL('../ui/pictures.svg', import.meta.url)), 'utf8');
const symbols = new Map([...sprite.matchAll(/<symbol id="([^"]+)"[^>]*>(.*?)<\/symbol>/gs)].map(([, code, body]) => [code!, body!]));

/** A vegetable of the house's drawings, at a place, of a size, leaning so many degrees. */
const drawn = (emoji: string, x: number, y: number, size: number, lean: number): string =>
  `<g transform="translate(${x} ${y}) rotate(${lean} ${size / 2} ${size / 2}) scale(${size / 32})">${symbols.get(emoji.codePointAt(0)!.toString(16)) ?? ''}</g>`;

const open = (width: number, height: number) =>
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}">`;

const person = (
  x: number,
  y: number,
  size: number,
  shirt: string,
  hat: string,
  skin: string,
): string => `<g transform="translate(${x} ${y}) scale(${size})">
  <path d="M-13 62c0-16-4-30 2-44 4-9 18-9 22 0 6 14 2 28 2 44z" fill="${shirt}"/><path d="M-11 60h9v44h-10zM2 60h9l1 44H2z" fill="#3c4a5c"/>
  <path d="M-11 24c-12 6-18 16-22 30l7 3c4-10 8-16 16-20zM11 24c12 6 18 16 22 30l-7 3c-4-10-8-16-16-20z" fill="${shirt}"/>
  <circle cx="-30" cy="58" r="5" fill="${skin}"/><circle cx="30" cy="58" r="5" fill="${skin}"/><circle cy="0" r="12" fill="${skin}"/>
  <path d="M-20-4h40c-4-4-8-4-10-5 0-9-20-9-20 0-2 1-6 1-10 5z" fill="${hat}"/></g>`;

const crate = (x: number, y: number, size: number): string => `<g transform="translate(${x} ${y}) scale(${size})">
  ${drawn('🥬', -28, -30, 30, -10)}${drawn('🥕', -4, -32, 30, 6)}${drawn('🥬', 18, -28, 28, 12)}${drawn('🍅', 6, -20, 22, 0)}
  <path d="M-40-8h80l-5 36h-70z" fill="#a97b47"/><path d="M-40-8h80l-1.500 11h-77zM-37 9h74l-1.400 10h-71z" fill="#d3a86f"/></g>`;

/** People in the rows of a field in the morning, a greenhouse behind. 1600 × 1280. */
export function fieldScene(): string {
  const rows = Array.from({ length: 15 }, (_, at) => {
    const foot = -700 + at * 215;
    const head = 300 + at * 72;
    return `<path d="M${foot} 1290L${head} 640h22L${foot + 90} 1290z" fill="${at % 2 ? '#5d8a3a' : '#6f9c45'}"/>`;
  });
  const plants = Array.from({ length: 90 }, (_, at) => {
    const depth = Math.floor(at / 10) / 9;
    const near = depth ** 1.7;
    const row = at % 10;
    const x = 800 + (row - 4.6) * (80 + near * 170);
    const size = 12 + near * 52;
    return `<g transform="translate(${x.toFixed(0)} ${(660 + near * 560).toFixed(0)}) scale(${(size / 20).toFixed(2)})" fill="${at % 3 ? '#3f7a34' : '#87b94e'}"><path d="M0 0c-14-2-20-10-20-18C-8-18 0-12 0 0zM0 0c14-2 20-10 20-18C8-18 0-12 0 0zM0 0c-7-9-7-18 0-27 7 9 7 18 0 27z"/></g>`;
  });
  return `${open(1600, 1280)}<defs><linearGradient id="s" x2="0" y2="1"><stop stop-color="#9fcbe8"/><stop offset=".7" stop-color="#f6e7c4"/><stop offset="1" stop-color="#fbd9a0"/></linearGradient></defs>
  <rect width="1600" height="1280" fill="url(#s)"/><circle cx="1270" cy="330" r="92" fill="#fff1c9"/><circle cx="1270" cy="330" r="140" fill="#fff1c9" opacity=".35"/>
  <path d="M0 560c240-120 480-130 760-60s520 40 840-50v320H0z" fill="#8fb39a"/><path d="M0 610c300-60 560-60 880-20s480 20 720-20v160H0z" fill="#6f9a72"/>
  <g fill="#4d7a50">${[60, 130, 190, 1330, 1400, 1480, 1550].map((x, at) => `<ellipse cx="${x}" cy="${572 - (at % 3) * 12}" rx="52" ry="${64 + (at % 2) * 22}"/>`).join('')}</g>
  <g fill="#f4f7f1" stroke="#cfd9cf" stroke-width="5"><path d="M330 640v-70c0-110 260-110 260 0v70z" opacity=".92"/><path d="M620 640v-70c0-110 260-110 260 0v70z" opacity=".92"/><path d="M380 640v-96M460 640V492M540 640v-96M670 640v-96M750 640V492M830 640v-96" fill="none"/></g>
  <rect y="636" width="1600" height="644" fill="#7b5a38"/>${rows.join('')}${plants.join('')}
  ${person(520, 700, 1.55, '#c8553d', '#e8c65a', '#8d5a3b')}${person(1010, 690, 1.4, '#2f6b8f', '#d9b44a', '#e0b08c')}${person(1270, 760, 1.9, '#e2a03a', '#f1e3b0', '#5c3a26')}${crate(700, 910, 2.3)}${crate(1090, 960, 2.5)}</svg>`;
}

/** A crate seen from above, full. 960 × 720. */
export function basketScene(emojis: readonly string[], seed: number): string {
  const random = chance(seed);
  const places = Array.from({ length: 30 }, (_, at) => {
    const [x, y] = [130 + (at % 6) * 118, 96 + Math.floor(at / 6) * 108];
    return drawn(
      emojis[(at * 7 + random.between(0, 1)) % emojis.length]!,
      x + random.between(-24, 24),
      y + random.between(-18, 18),
      138,
      random.between(-40, 40),
    );
  });
  return `${open(960, 720)}<rect width="960" height="720" fill="#e9dcc3"/><g stroke="#d8c5a2" stroke-width="4">${[90, 210, 330, 450, 570, 690].map((y) => `<path d="M0 ${y}h960"/>`).join('')}</g>
  <rect x="70" y="46" width="820" height="640" rx="26" fill="#6e4a28" opacity=".25"/><rect x="60" y="36" width="820" height="640" rx="22" fill="#a97b47"/><rect x="92" y="68" width="756" height="576" rx="10" fill="#5a3d22"/>
  ${places.join('')}
  <g fill="none" stroke="#c79a5f" stroke-width="30"><rect x="76" y="52" width="788" height="608" rx="14"/></g></svg>`;
}

/** Hands around a table of seedlings, in a greenhouse. 960 × 760. */
export function nurseryScene(): string {
  const pots = Array.from({ length: 24 }, (_, at) => {
    const [x, y] = [80 + (at % 8) * 112, 470 + Math.floor(at / 8) * 84];
    return `<g transform="translate(${x} ${y})"><path d="M-34 0h68l-8 56h-52z" fill="#b4653a"/><ellipse rx="34" ry="9" fill="#4c3320"/><g fill="${at % 3 ? '#5fa344' : '#86bf4f'}" transform="scale(1.5)"><path d="M0 0c-14-2-20-10-20-22C-8-22 0-14 0 0zM0 0c14-2 20-10 20-22C8-22 0-14 0 0z"/></g></g>`;
  });
  return `${open(960, 760)}<rect width="960" height="760" fill="#dfeee6"/><g fill="none" stroke="#f8fbf6" stroke-width="16">${[0, 1, 2, 3].map((at) => `<path d="M${-60 + at * 40} 470C${-20 + at * 60} ${-20 + at * 40} ${980 - at * 60} ${-20 + at * 40} ${1020 - at * 40} 470"/>`).join('')}</g>
  <rect y="420" width="960" height="340" fill="#9a7447"/><rect y="420" width="960" height="16" fill="#b98f5c"/>${person(300, 250, 2.1, '#3d7d5a', '#e7c45c', '#6b4630')}${person(650, 240, 2.2, '#b9473f', '#d6b24c', '#d9a47e')}<rect y="440" width="960" height="320" fill="#9a7447"/>${pots.join('')}</svg>`;
}

/** A round mark: a leaf over furrows. 480 × 480, on nothing. */
export const logoScene = (colour: string): string =>
  `${open(480, 480)}<circle cx="240" cy="240" r="232" fill="${colour}"/><g fill="none" stroke="#fff" stroke-width="16" stroke-linecap="round" opacity=".9"><path d="M60 340c90-46 270-46 360 0M92 396c80-40 216-40 296 0"/></g>
  <path d="M232 290C140 290 96 236 96 146c92 0 136 54 136 144zM250 250c0-86 50-130 140-130 0 86-50 130-140 130z" fill="#fff"/><path d="M241 330V220" stroke="#fff" stroke-width="20" stroke-linecap="round"/></svg>`;
