import { inflateRawSync } from 'node:zlib';

/** The largest a workbook may be once unpacked. Ours are a hundred times smaller; an archive made to fill the memory is a thousand times larger. */
const largest = 80 * 1024 * 1024;
/** Cells from the first to the last one: readers lay out all of them, filled or not. */
const mostCells = 2_000_000;

const ENTRY = 0x02014b50;
const END = 0x06054b50;

/**
 * Whether a workbook can be read without filling the memory: what it holds unpacked, and how far its last cell stands, are looked at before
 * anything is laid out. A single figure typed on the last row of a sheet makes millions of cells.
 */
export function fitsInMemory(content: Uint8Array): boolean {
  const bytes = Buffer.from(content.buffer, content.byteOffset, content.byteLength);
  let left = largest;
  for (const { name, method, from, size } of entries(bytes)) {
    const packed = bytes.subarray(from, from + size);
    let unpacked: Buffer;
    try {
      unpacked = method === 0 ? packed : inflateRawSync(packed, { maxOutputLength: Math.max(left, 1) });
    } catch (error) {
      // Spoiled archives are for the reader to refuse.
      if ((error as NodeJS.ErrnoException).code !== 'ERR_BUFFER_TOO_LARGE') continue;
      return false;
    }
    left -= unpacked.length;
    if (left <= 0 || (name.startsWith('xl/worksheets/') && cellsOf(unpacked.toString('latin1')) > mostCells)) return false;
  }
  return true;
}

/** The files of an archive, as its own list says. */
function* entries(bytes: Buffer): Generator<{ name: string; method: number; from: number; size: number }> {
  const end = bytes.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'));
  if (end < 0 || end + 22 > bytes.length || bytes.readUInt32LE(end) !== END) return;
  let at = bytes.readUInt32LE(end + 16);
  while (at + 46 <= bytes.length && bytes.readUInt32LE(at) === ENTRY) {
    const nameLength = bytes.readUInt16LE(at + 28);
    const local = bytes.readUInt32LE(at + 42);
    if (local + 30 > bytes.length) return;
    yield {
      name: bytes.toString('latin1', at + 46, at + 46 + nameLength),
      method: bytes.readUInt16LE(at + 10),
      from: local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28),
      size: bytes.readUInt32LE(at + 20),
    };
    at += 46 + nameLength + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
  }
}

/** Rows × columns up to the last cell that holds something; those that are only coloured say so by closing at once. */
function cellsOf(sheet: string): number {
  let [rows, columns] = [0, 0];
  for (const [, attributes = ''] of sheet.matchAll(/<(?:\w+:)?c\s([^<>]*)>/g)) {
    const place = attributes.endsWith('/') ? null : /\br=["']([A-Z]{1,3})(\d{1,7})["']/.exec(attributes);
    if (!place) continue;
    rows = Math.max(rows, Number(place[2]));
    columns = Math.max(
      columns,
      [...place[1]!].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0),
    );
  }
  return rows * columns;
}
