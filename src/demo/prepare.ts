import pg from 'pg';
import { type Day, sayDay } from '#kernel/day.ts';
import { closeDatabase, openDatabase } from '#platform/db/index.ts';
import { loadDemo } from './load.ts';
import { isEmpty, judge, readMark, type Verdict, wipe } from './mark.ts';
import { fortnightly, large, small } from './profiles.ts';
import { type SignIn, signIns } from './team.ts';

type Options = {
  /** Owner's address of an up-to-date database that is not open. */
  ownerUrl: string;
  today: Day;
  /** Load anew even when the demonstration is of this week. */
  fresh: boolean;
  log: (line: string) => void;
};

const reasons: Record<Exclude<Verdict, 'keep' | 'foreign'>, string> = {
  load: 'La base est vide : la démonstration y est chargée.',
  renew: 'La démonstration est chargée à neuf, pour que ses livraisons soient celles de cette semaine.',
  resume: 'Le chargement de la démonstration avait été interrompu : il recommence.',
};

/**
 * Sees to it that the database holds the demonstration of this week. A database that holds anything else is refused, untouched.
 * @returns the ways in.
 */
export async function prepareDemo({ ownerUrl, today, fresh, log }: Options): Promise<SignIn[]> {
  const owner = new pg.Client({ connectionString: ownerUrl });
  await owner.connect();
  try {
    const mark = await readMark(owner);
    const verdict = judge(mark, await isEmpty(owner), today, fresh);
    if (verdict === 'foreign')
      throw new Error(
        'Cette base contient autre chose que la démonstration : rien n’y a été touché. Donnez un autre dossier (COCAGNE_DATA) ou une base vide (DATABASE_URL).',
      );
    if (verdict === 'keep') {
      log(`La démonstration est celle du ${sayDay(mark!.today)} (pour la remettre à neuf : npm run demo -- --fresh).`);
      return signIns([large, small, fortnightly].map(({ slug, name }) => ({ slug: slug!, name })));
    }
    log(reasons[verdict]);
    if (mark) await wipe(owner);
  } finally {
    await owner.end();
  }
  openDatabase(ownerUrl);
  try {
    return (await loadDemo({ ownerUrl, today, scale: 'demo', log })).signIns;
  } finally {
    await closeDatabase();
  }
}
