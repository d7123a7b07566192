import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { during, fail } from './progress.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
export const handlerFile = join(root, 'build', 'handler.js');

/** When the newest file of these places was written (ms). */
async function newest(...places: string[]): Promise<number> {
  const times = await Promise.all(
    places.map(async (place) => {
      const at = join(root, place);
      const info = await stat(at);
      if (!info.isDirectory()) return info.mtimeMs;
      const files = await readdir(at, { recursive: true, withFileTypes: true });
      return Math.max(
        info.mtimeMs,
        ...(await Promise.all(files.map(async (file) => (await stat(join(file.parentPath, file.name))).mtimeMs))),
      );
    }),
  );
  return Math.max(...times);
}

/** Builds the pages when they are missing or older than their sources. */
export async function build({ force = false } = {}): Promise<void> {
  const sources = ['src', 'static', 'docs/handbook', 'vite.config.ts', 'package.json'];
  if (!force && existsSync(handlerFile) && (await newest('build/handler.js')) >= (await newest(...sources))) return;
  await during('Construction des pages', async () => {
    try {
      await promisify(execFile)(process.execPath, [join(root, 'node_modules/vite/bin/vite.js'), 'build'], {
        cwd: root,
        maxBuffer: 1 << 26,
      });
    } catch (error) {
      const { stdout, stderr } = error as { stdout: string; stderr: string };
      throw new Error(`La construction a échoué.\n${stdout}\n${stderr}`);
    }
  });
}

if (import.meta.main) await build({ force: true }).catch(fail);
