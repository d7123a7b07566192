import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';

export type TestServer = { name: 'demo' | 'empty'; port: number; url: string; today: string; folder: string };

/** The first of two ports. Another one lets two runs go on at once on a machine. */
const firstPort = Number(process.env.COCAGNE_TEST_PORT ?? 4801);

/** Everything the tests of pages write, out of the project. */
export const workFolder = join(tmpdir(), `cocagne-pages-${userInfo().username}-${firstPort}`);

const server = (name: TestServer['name'], port: number, today: string): TestServer => ({
  name,
  port,
  today,
  url: `http://localhost:${port}`,
  folder: join(workFolder, name),
});

export const demo = server('demo', firstPort, '2025-10-20');
export const empty = server('empty', firstPort + 1, '2024-12-20');

/** The pilot garden's files, beside the project; tests that need them are skipped where they are absent. */
export const pilotFolder = join(import.meta.dirname, '../../../shared/data/jardin-pilote');
