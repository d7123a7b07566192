import { crc32, deflateRawSync } from 'node:zlib';

export type ZipFile = { name: string; content: Uint8Array };

/** Bit 11 of the flags: names are UTF-8 (APPNOTE 6.3, appendix D). */
const UTF8 = 0x0800;
const DEFLATED = 8;

/**
 * A ZIP archive of a few files, all in memory (PKWARE APPNOTE 6.3: local headers, then the directory, then its end). @param at the moment that files
 * bear, as the local clock told it.
 */
export function writeZip(files: readonly ZipFile[], at: Date): Buffer {
  const time = (at.getHours() << 11) | (at.getMinutes() << 5) | (at.getSeconds() >> 1);
  const date = ((at.getFullYear() - 1980) << 9) | ((at.getMonth() + 1) << 5) | at.getDate();
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, content } of files) {
    const [bytes, packed] = [Buffer.from(name), deflateRawSync(content)];
    // What both headers say: flags, method, moment, checksum, sizes, length of the name.
    const said = Buffer.alloc(24);
    said.writeUInt16LE(UTF8, 0);
    said.writeUInt16LE(DEFLATED, 2);
    said.writeUInt16LE(time, 4);
    said.writeUInt16LE(date, 6);
    said.writeUInt32LE(crc32(content), 8);
    said.writeUInt32LE(packed.length, 12);
    said.writeUInt32LE(content.length, 16);
    said.writeUInt16LE(bytes.length, 20);
    parts.push(numbers(0x04034b50, 20), said, bytes, packed);
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE(offset, 10);
    directory.push(numbers(0x02014b50, 20, 20), said, rest, bytes);
    offset += 6 + 24 + bytes.length + packed.length;
  }
  const listed = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(files.length, 8);
  end.writeUInt16LE(files.length, 10);
  end.writeUInt32LE(listed.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...parts, listed, end]);
}

/** A signature, then the versions that made the file and can read it (2.0). */
function numbers(signature: number, ...versions: number[]): Buffer {
  const head = Buffer.alloc(4 + 2 * versions.length);
  head.writeUInt32LE(signature, 0);
  versions.forEach((version, at) => {
    head.writeUInt16LE(version, 4 + 2 * at);
  });
  return head;
}
