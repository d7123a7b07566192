import { expect, test } from 'vitest';
import { fontFile } from './fonts.ts';
import { unpackWoff } from './woff.ts';

/** Sum of the big-endian words of a table, as fonts keep it in their directory. */
function checksumOf(table: Buffer): number {
  const padded = Buffer.concat([table, Buffer.alloc((4 - (table.length % 4)) % 4)]);
  let sum = 0;
  for (let at = 0; at < padded.length; at += 4) sum = (sum + padded.readUInt32BE(at)) >>> 0;
  return sum;
}

test.each(['regular', 'bold', 'regular-extended', 'bold-extended'] as const)(
  'every table of %s is whole: it has the checksum the font gives it',
  (name) => {
    const font = fontFile(name);
    const tables = Array.from({ length: font.readUInt16BE(4) }, (_, index) => {
      const [checksum, offset, length] = [4, 8, 12].map((at) => font.readUInt32BE(12 + index * 16 + at)) as [number, number, number];
      return { tag: font.toString('latin1', 12 + index * 16, 16 + index * 16), checksum, table: font.subarray(offset, offset + length) };
    });
    expect(tables.map(({ tag }) => tag)).toEqual(expect.arrayContaining(['cmap', 'glyf', 'head', 'hmtx', 'loca']));
    for (const { tag, checksum, table } of tables) {
      // The sum of « head » leaves out the field that holds the sum of the whole file.
      const counted = tag === 'head' ? Buffer.concat([table.subarray(0, 8), Buffer.alloc(4), table.subarray(12)]) : table;
      expect(checksumOf(counted), tag).toBe(checksum);
    }
  },
);

test('anything else is refused', () => {
  expect(() => unpackWoff(Buffer.from('not a font at all'))).toThrow('WOFF');
});
