import type { Stored } from './archival.ts';

/** Operators of a page (ISO 32000-1, annex A): PDF/A takes no others (ISO 19005-2, 6.2.2). */
const operators = new Set(
  'b B b* B* BDC BI BMC BT BX c cm CS cs d d0 d1 Do DP EI EMC ET EX f F f* G g gs h i ID j J K k l m M MP n q Q re RG rg ri s S SC sc SCN scn sh T* Tc Td TD Tf Tj TJ TL Tm Tr Ts Tw Tz v w W W* y \' "'.split(
    ' ',
  ),
);
const blends =
  'Normal Compatible Multiply Screen Overlay Darken Lighten ColorDodge ColorBurn HardLight SoftLight Difference Exclusion Hue Saturation Color Luminosity';
/** What pages, images, states of drawing, actions and the whole may not say (6.1.7, 6.2.5, 6.2.8 to 6.2.9, 6.3.1, 6.5.1, 6.9 to 6.11). */
const forbidden = [
  ...['FFilter', 'FDecodeParms', 'TR', 'TR2', 'HTP', 'Alternates', 'OPI', 'Ref', 'OCProperties', 'NeedAppearances'],
  ...['ImportData', 'ResetForm', 'Hide', 'SetOCGState', 'Rendition', 'Trans', 'GoTo3DView', '3D', 'Screen', 'Perms', 'Requirements'],
  ...['AlternatePresentations', 'PresSteps'],
];

/** Flaws of what is drawn and of how the file is laid out: pages, glyphs, transparency, actions, the table of places. @param content a stream as it was before it was packed. */
export function pageFlaws(objects: readonly Stored[], raw: string, content: (object: Stored) => Buffer): string[] {
  const flaws = [...placeFlaws(objects, raw)];
  for (const { text } of objects) {
    for (const name of forbidden) if (new RegExp(`/${name}(?![\\w.])`).test(text)) flaws.push(`/${name} is forbidden`);
    const blend = /\/BM \/(\w+)/.exec(text)?.[1];
    if (blend && !blends.split(' ').includes(blend)) flaws.push(`${blend} is no blend`);
    if (/\/Subtype \/Image/.test(text) && !/\/BitsPerComponent (1|2|4|8|16)\b/.test(text)) flaws.push('an image of an unknown depth');
    // A name has 127 bytes at most (6.1.13).
    if (/\/[^\s/[\]()<>]{128,}/.test(text)) flaws.push('a name is too long');
  }
  for (const page of objects.filter(({ text }) => /\/Type \/Page\b/.test(text))) {
    if (!/\/Resources /.test(page.text)) flaws.push(`page ${page.id} does not say what it draws with`);
    const sides = /\/MediaBox \[([^\]]+)\]/.exec(page.text)?.[1]?.split(' ').map(Number) ?? [];
    const [left = 0, bottom = 0, right = 0, top = 0] = sides;
    if ([right - left, top - bottom].some((side) => side < 3 || side > 14_400)) flaws.push(`page ${page.id} is too small or too large`);
    const id = Number(/\/Contents \[?(\d+) 0 R/.exec(page.text)?.[1]);
    const drawn = objects.find((one) => one.id === id);
    if (drawn?.stream) flaws.push(...drawnFlaws(content(drawn).toString('latin1')).map((flaw) => `page ${page.id}: ${flaw}`));
  }
  return flaws;
}

/** The table at the end tells where each object begins (6.1.4). */
function placeFlaws(objects: readonly Stored[], raw: string): string[] {
  const start = Number(/startxref\n(\d+)\n%%EOF/.exec(raw)?.[1]);
  if (!raw.startsWith('xref\n', start)) return ['the table of places is not where it is said'];
  const rows = [...raw.slice(start).matchAll(/^(\d{10}) (\d{5}) n/gm)].map(([, at]) => Number(at));
  const wrong = rows.some((at) => !/^\d+ 0 obj\n/.test(raw.slice(at, at + 20)));
  return wrong || rows.length !== objects.length ? ['the table of places is wrong'] : [];
}

/** What a page draws: known operators alone, states that are opened and closed (28 deep at most), and a glyph for each sign: number 0 stands for « no such sign » (6.2.11.8). */
function drawnFlaws(text: string): string[] {
  const flaws = new Set<string>();
  // Texts and names hold anything: what they say is no operator.
  const bare = text.replace(/\((?:[^()\\]|\\[\s\S])*\)|<[0-9a-fA-F\s]*>|\/[^\s/[\]()<>]+/g, ' ');
  let [depth, deepest] = [0, 0];
  for (const word of bare.split(/[\s[\]<>]+/)) {
    if (word === '' || /^[-+]?[\d.]+$/.test(word) || word === 'true' || word === 'false' || word === 'null') continue;
    if (!operators.has(word)) flaws.add(`« ${word} » is no operator`);
    if (word === 'q') deepest = Math.max(deepest, ++depth);
    if (word === 'Q') depth--;
  }
  if (depth !== 0) flaws.add('a state of drawing is not closed');
  if (deepest > 28) flaws.add('states of drawing are too deep');
  const shown = [...text.matchAll(/(?:<[0-9a-f]*>[^<>[\]]*)+(?=\]? ?T[jJ])/gi)].flatMap(([run]) => [...run.matchAll(/<([0-9a-f]*)>/gi)]);
  if (shown.some(([, codes]) => codes!.match(/.{4}/g)?.includes('0000'))) flaws.add('a sign that its font does not have');
  return [...flaws];
}
