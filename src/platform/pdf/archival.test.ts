import { expect, test } from 'vitest';
import { archivalFlaws } from './archival.ts';
import { pageFlaws } from './archival-pages.ts';
import { Paper } from './paper.ts';

const write = async (archival: boolean): Promise<Buffer> => {
  const paper = new Paper('Relevé de l’été, n° 12', '2025-10-31', { archival });
  paper.addPage('portrait');
  paper.text('Bonjour à tous : œufs, 12,50 €', 60, 60, { size: 12 });
  return paper.finish();
};
/** The same file with some bytes changed, as many as before. */
const spoilt = (pdf: Buffer, from: string, to: string): Buffer => {
  const text = pdf.toString('latin1');
  expect(text).toContain(from);
  return Buffer.from(text.replace(from, to.padEnd(from.length)), 'latin1');
};

test('what is archived has no flaw; what is not says what lacks', async () => {
  expect(archivalFlaws(await write(true))).toEqual([]);
  expect(archivalFlaws(await write(false))).toContain('there is no output intent with a profile of colours');
});

test.each([
  ['/ID [<', '/IX [<', 'the trailer has no ID'],
  ['<pdfaid:part>2', '<pdfaid:part>1', 'metadata do not say PDF/A-2b'],
  ['/GTS_PDFA1', '/GTS_PDFX', 'there is no output intent with a profile of colours'],
  ['/FontFile2', '/FontFill2', 'is not in the file'],
  ['/Identity-H', '/Identity-V', 'has another encoding'],
  ['/CIDToGIDMap', '/CIDToXXXMap', 'does not say which glyph is which'],
  ['/Lang (fr-FR)', '/AA 3 0 R', '/AA is forbidden'],
  ['/Resources', '/Resorces', 'does not say what it draws with'],
  ['/MediaBox [0 0 595', '/MediaBox [0 0 002', 'is too small or too large'],
  ['startxref\n', 'startxref\n1', 'the table of places is not where it is said'],
  ['/Lang (fr-FR)', '/OCProperties', '/OCProperties is forbidden'],
  ['<xmp:CreatorTool>Cocagne', '<xmp:CreatorTool>Autre', 'metadata and information differ: Creator'],
])('%s is missed', async (from, to, flaw) => {
  expect(archivalFlaws(spoilt(await write(true), from, to)).join('\n')).toContain(flaw);
});

/** One page that draws this, as `archivalFlaws` reads it. */
const drawing = (text: string): string[] => {
  const page = { id: 2, text: '<<\n/Type /Page\n/MediaBox [0 0 595 842]\n/Contents 1 0 R\n/Resources 3 0 R\n>>', stream: null, told: -1 };
  const raw = 'xref\n0 1\n0000000000 65535 f \nstartxref\n0\n%%EOF';
  return pageFlaws([{ id: 1, text: '', stream: Buffer.from(text, 'latin1'), told: 0 }, page], raw, ({ stream }) => stream!)
    .filter((flaw) => flaw.startsWith('page '))
    .map((flaw) => flaw.slice('page 2: '.length));
};

test.each([
  ['q 1 0 0 1 0 0 cm BT /F1 12 Tf [<00120013> -20 <0014>] TJ (no words) Tj ET Q', []],
  ['BT [<00120000>] TJ ET', ['a sign that its font does not have']],
  ['BT <0000> Tj ET', ['a sign that its font does not have']],
  ['q 0 0 m /Name foo', ['« foo » is no operator', 'a state of drawing is not closed']],
  ['q '.repeat(29) + 'Q '.repeat(29), ['states of drawing are too deep']],
])('what a page draws: %s', (text, flaws) => expect(drawing(text)).toEqual(flaws));

test('a sign that no font has is drawn by none', async () => {
  const paper = new Paper('Une 🥕', '2025-10-31', { archival: true });
  paper.addPage('portrait');
  paper.text('Une carotte 🥕 et un signe 漢', 60, 60, { size: 12 });
  expect(archivalFlaws(await paper.finish())).toEqual([]);
});
