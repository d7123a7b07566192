import { closeDatabase, openDatabase } from '../src/platform/db/index.ts';
import type { Result } from './measure.ts';

/** The garden of the pilot's size, first of the network. */
export const PILOT = 'jardins-de-la-moselle';

export const log = (line: string): void => console.error(`  ${line}`);

/** A part runs in a process of its own, so that its memory is its own: `node bench/plan.ts DATABASE_URL`, results on standard output. */
export async function part(measure: (ownerUrl: string) => Promise<Result[]>): Promise<void> {
  const ownerUrl = process.argv[2];
  if (!ownerUrl) throw new Error('Run it with « npm run bench -- plan », « sheet », « pages » or « proposal ».');
  openDatabase(ownerUrl);
  try {
    console.log(JSON.stringify(await measure(ownerUrl)));
  } finally {
    await closeDatabase();
  }
}
