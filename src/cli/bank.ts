import { basename } from 'node:path';
import { bankFileAccounts, runBankFile } from '#domains/banking/index.server.ts';
import { formatLabels } from '#domains/banking/labels-bank.ts';
import { bareIban } from '#domains/banking/rules/account.ts';
import { findGarden } from '#domains/gardens/index.server.ts';
import { type Actor, systemActor } from '#platform/access/actor.ts';
import { withDatabase } from '#platform/application/database.ts';
import { type Command, CommandFailed, log, needed, readGiven } from './command.ts';

export default {
  usage: 'FICHIER --garden NOM',
  summary: 'Lit un fichier de la banque (camt.053, camt.054, CSV) et propose ce que sont ses lignes',
  options: {
    garden: { type: 'string', says: 'le jardin (son nom court)' },
    account: { type: 'string', says: 'l’IBAN du compte, pour un tableau CSV quand le jardin a plusieurs comptes' },
    accept: { type: 'boolean', says: 'accepte aussi tout ce qui est sûr' },
    'dry-run': { type: 'boolean', says: 'dit ce qui serait lu et proposé, sans rien garder' },
  },
  words: 1,
  run: async ([path = ''], values) => {
    const slug = needed(values, 'garden');
    const content = await readGiven(path);
    return withDatabase(log, async () => {
      const garden = await findGarden(slug);
      if (!garden) throw new CommandFailed(`Il n’y a pas de jardin « ${slug} ».`);
      const actor = systemActor(garden.id);
      const [dryRun, accept] = [values['dry-run'] === true, values.accept === true];
      const given = { name: basename(path), content, accountId: await accountAsked(actor, values.account) };
      const run = await runBankFile(actor, given, { accept, dryRun });
      if (!run.ok) throw new CommandFailed(run.reason);
      const { file, waiting, accepted, refused } = run.value;
      const open = waiting.sure + waiting.likely + waiting.possible + waiting.unknown;
      return {
        json: { garden: slug, dryRun, file: dryRun ? { ...file, id: null } : file, waiting, accepted, refused },
        text: [
          `${formatLabels[file.format]} : ${file.lines} ${file.lines > 1 ? 'lignes' : 'ligne'} (nouvelles : ${file.added}, déjà connues : ${file.known})${file.again ? ' (ce fichier était déjà lu)' : ''}`,
          ...file.rejected.map(({ line, reason }) => `  ligne ${line} : ${reason}`),
          ...file.remarks,
          ...(accept && !dryRun ? [`Rapprochées : ${accepted}`] : []),
          ...refused.map(({ label, reason }) => `  ${label} : ${reason}`),
          `À traiter : ${open} (sûres ${waiting.sure}, probables ${waiting.likely}, possibles ${waiting.possible}, inconnues ${waiting.unknown})`,
          ...(dryRun ? ['Essai seulement : rien n’est gardé.'] : []),
        ].join('\n'),
      };
    });
  },
} satisfies Command;

async function accountAsked(actor: Actor, iban: string | boolean | undefined): Promise<number | null> {
  if (typeof iban !== 'string') return null;
  const found = (await bankFileAccounts(actor)).find((account) => account.iban === bareIban(iban));
  if (!found) throw new CommandFailed(`Le jardin n’a pas de compte « ${iban} ».`);
  return found.id;
}
