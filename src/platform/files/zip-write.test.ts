import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inflateRawSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { fitsInMemory } from './zip.ts';
import { writeZip } from './zip-write.ts';

const files = [
  { name: 'À lire.txt', content: new TextEncoder().encode('Bonjour, voici vos données.') },
  { name: 'vide.csv', content: new Uint8Array() },
  { name: 'long.json', content: new TextEncoder().encode('abc'.repeat(5000)) },
];

test('what is written is read back: the directory leads to each file, which unpacks to what it was', () => {
  const zip = writeZip(files, new Date(2026, 10, 22, 14, 5, 12));
  expect(zip.readUInt32LE(0)).toBe(0x04034b50);
  const end = zip.length - 22;
  let at = zip.readUInt32LE(end + 16);
  expect(zip.readUInt16LE(end + 10)).toBe(files.length);
  for (const { name, content } of files) {
    const nameLength = zip.readUInt16LE(at + 28);
    expect(zip.toString('utf8', at + 46, at + 46 + nameLength)).toBe(name);
    const local = zip.readUInt32LE(at + 42);
    const size = zip.readUInt32LE(at + 20);
    const from = local + 30 + zip.readUInt16LE(local + 26);
    expect(new Uint8Array(inflateRawSync(zip.subarray(from, from + size)))).toEqual(content);
    at += 46 + nameLength;
  }
  expect(at).toBe(end);
  expect(fitsInMemory(zip)).toBe(true);
});

test.skipIf(spawnSync('python3', ['--version']).status !== 0)('another tool opens it (skipped without python3)', () => {
  const folder = mkdtempSync(join(tmpdir(), 'zip-'));
  const path = join(folder, 'archive.zip');
  writeFileSync(path, writeZip(files, new Date(2026, 10, 22)));
  const code = 'import sys,zipfile; z=zipfile.ZipFile(sys.argv[1]); print(z.testzip(), z.namelist(), z.getinfo("long.json").date_time[:3])';
  expect(execFileSync('python3', ['-c', code, path], { encoding: 'utf8' }).trim()).toBe(
    "None ['À lire.txt', 'vide.csv', 'long.json'] (2026, 11, 22)",
  );
  rmSync(folder, { recursive: true });
});
