import { expect, test } from 'vitest';
import { archivalFlaws } from './archival.ts';
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
  ['<xmp:CreatorTool>Cocagne', '<xmp:CreatorTool>Autre', 'metadata and information differ: Creator'],
])('%s is missed', async (from, to, flaw) => {
  expect(archivalFlaws(spoilt(await write(true), from, to)).join('\n')).toContain(flaw);
});
