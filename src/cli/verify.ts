import { readFile } from 'node:fs/promises';
import { checkIntegrity, verifyArchive } from '#domains/accounting/index.server.ts';
import { shortDay } from '#kernel/day.ts';
import { formatEuros } from '#kernel/money.ts';
import { systemActor } from '#platform/access/actor.ts';
import { withDatabase } from '#platform/application/database.ts';
import { type Command, CommandFailed, log, type Result, UsageError } from './command.ts';
import { gardenNamed } from './garden.ts';

export default {
  usage: '--garden NOM | --file ARCHIVE',
  summary: 'Vérifie les chaînes d’un jardin (écritures, factures, encaissements, caisse), ou une archive signée',
  options: {
    garden: { type: 'string', says: 'le jardin (son nom court)' },
    file: { type: 'string', says: 'une archive de caisse' },
  },
  words: 0,
  run: (_, { garden, file }) => {
    if (typeof file === 'string' && garden === undefined) return archive(file);
    if (typeof garden === 'string' && file === undefined) return withDatabase(log, () => chains(garden));
    throw new UsageError('Dites --garden ou --file.');
  },
} satisfies Command;

async function archive(path: string): Promise<Result> {
  const content = await readFile(path).catch(() => {
    throw new CommandFailed(`« ${path} » : ce fichier n’existe pas, ou ne se lit pas.`);
  });
  const checked = verifyArchive(content);
  if (!checked.ok) throw new CommandFailed(checked.reason);
  const { garden, from, until, closings, payments, perpetual, ours } = checked.value;
  return {
    json: checked.value,
    text: [
      `${garden}, du ${shortDay(from)} au ${shortDay(until)} : ${closings} clôtures, ${payments} règlements, total perpétuel ${formatEuros(perpetual)}.`,
      `La signature et la chaîne sont bonnes${ours ? ', et la signature est celle de cette installation' : ' ; la signature est celle d’une autre installation'}.`,
    ].join('\n'),
  };
}

async function chains(slug: string): Promise<Result> {
  const check = await checkIntegrity(systemActor((await gardenNamed(slug)).id));
  const { breaks, documents, payments, till, entries } = check;
  const wrong = breaks.length + documents.wrong.length + payments.wrong.length + till.breaks.length;
  if (wrong)
    throw new CommandFailed(
      `Quelque chose a été changé : ${JSON.stringify({ breaks, documents: documents.wrong, payments: payments.wrong, till: till.breaks })}`,
    );
  return {
    json: check,
    text: `${entries} écritures, ${documents.checked} documents, ${payments.checked} règlements et ${till.closings} clôtures de caisse : tout se tient.`,
  };
}
