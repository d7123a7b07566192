import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';

export type TestServer = { name: 'demo' | 'empty'; port: number; url: string; today: string; folder: string };

/** Everything the tests of pages write, out of the project. */
export const workFolder = join(tmpdir(), `cocagne-pages-${userInfo().username}`);

const server = (name: TestServer['name'], port: number, today: string): TestServer => ({
  name,
  port,
  today,
  url: `http://localhost:${port}`,
  folder: join(workFolder, name),
});

export const demo = server('demo', 4801, '2025-10-20');
export const empty = server('empty', 4802, '2024-12-20');

/** The pilot garden's files, beside the project; tests that need them are skipped where they are absent. */
export const pilotFolder = join(import.meta.dirname, '../../../shared/data/jardin-pilote');
