import { deflateRawSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { readTable } from './table.ts';
import { fitsInMemory } from './zip.ts';

/** An archive of one or more files, as the format has it; sums of control are left out, nobody here looks at them. */
function archive(files: Record<string, Buffer>): Uint8Array {
  const [bodies, list]: [Buffer[], Buffer[]] = [[], []];
  let at = 0;
  for (const [name, content] of Object.entries(files)) {
    const packed = deflateRawSync(content);
    const head = Buffer.alloc(30);
    head.writeUInt32LE(0x04034b50, 0);
    head.writeUInt16LE(8, 8);
    head.writeUInt32LE(packed.length, 18);
    head.writeUInt32LE(content.length, 22);
    head.writeUInt16LE(name.length, 26);
    const entry = Buffer.alloc(46);
    entry.writeUInt32LE(0x02014b50, 0);
    entry.writeUInt16LE(8, 10);
    entry.writeUInt32LE(packed.length, 20);
    entry.writeUInt32LE(content.length, 24);
    entry.writeUInt16LE(name.length, 28);
    entry.writeUInt32LE(at, 42);
    bodies.push(head, Buffer.from(name), packed);
    list.push(entry, Buffer.from(name));
    at += 30 + name.length + packed.length;
  }
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt32LE(at, 16);
  return new Uint8Array(Buffer.concat([...bodies, ...list, end]));
}

const sheet = (cells: string) => archive({ 'xl/worksheets/sheet1.xml': Buffer.from(`<sheetData>${cells}</sheetData>`) });

test('a figure typed on the last row of a sheet is refused in French, before millions of cells are laid out', async () => {
  const stray = sheet('<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576" s="2"><v>1</v></c></row>');
  expect(stray.length).toBeLessThan(500);
  expect(await readTable('clients.xlsx', stray)).toEqual({ ok: false, reason: expect.stringContaining('s’étend trop loin') });
  expect(await readTable('clients.csv', Buffer.from(`${'a;'.repeat(20_000)}\n${'x;y\n'.repeat(200)}`))).toMatchObject({ ok: false });
});

test('cells that are only coloured, to the end of the sheet, do not count', () => {
  expect(
    fitsInMemory(sheet('<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576" hidden="false"><c r="XFD1048576" s="2"/></row>')),
  ).toBe(true);
});

test('an archive made to fill the memory is not unpacked', () => {
  expect(fitsInMemory(archive({ 'xl/sharedStrings.xml': Buffer.alloc(100 * 1024 * 1024, 32) }))).toBe(false);
  const three = Object.fromEntries(['a', 'b', 'c'].map((name) => [name, Buffer.alloc(30 * 1024 * 1024, 32)]));
  expect(fitsInMemory(archive(three))).toBe(false);
});
