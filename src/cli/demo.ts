import pg from 'pg';
import { loadDemo } from '#demo/load.ts';
import { isEmpty } from '#demo/mark.ts';
import { table } from '#demo/team.ts';
import { withDatabase } from '#platform/application/database.ts';
import { today } from '#platform/clock.ts';
import { type Command, CommandFailed, log, UsageError } from './command.ts';

async function requireEmpty(ownerUrl: string): Promise<void> {
  const owner = new pg.Client({ connectionString: ownerUrl });
  await owner.connect();
  try {
    if (!(await isEmpty(owner)))
      throw new CommandFailed('Cette base contient déjà quelque chose : la démonstration ne se charge que dans une base vide.');
  } finally {
    await owner.end();
  }
}

export default {
  usage: '[--scale demo|network]',
  summary: 'Charge les jardins de démonstration dans une base vide',
  options: { scale: { type: 'string', says: 'demo : trois jardins (d’office) ; network : 102 jardins et 27 200 abonnements' } },
  words: 0,
  run: (_, values) => {
    const scale = values.scale ?? 'demo';
    if (scale !== 'demo' && scale !== 'network') throw new UsageError(`--scale « ${scale} » : demo ou network est attendu.`);
    return withDatabase(log, async (ownerUrl) => {
      await requireEmpty(ownerUrl);
      log('Chargement de la démonstration…');
      const { signIns } = await loadDemo({ ownerUrl, today: today(), scale, log });
      return { json: { signIns }, text: table(signIns) };
    });
  },
} satisfies Command;
