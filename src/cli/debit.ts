import { randomUUID } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { batchFile, batchPage, createBatch, type Proposal, proposal, sendBatch } from '#domains/banking/index.server.ts';
import type { Fault } from '#domains/banking/rules/checks.ts';
import { type Day, parseDay, sayDayAndYear } from '#kernel/day.ts';
import { formatEuros } from '#kernel/money.ts';
import type { Outcome } from '#kernel/outcome.ts';
import { type Actor, systemActor } from '#platform/access/actor.ts';
import { withDatabase } from '#platform/application/database.ts';
import { today } from '#platform/clock.ts';
import { type Command, CommandFailed, log, needed, UsageError } from './command.ts';
import { gardenNamed } from './garden.ts';

const orFail = <T>(outcome: Outcome<T>): T => {
  if (!outcome.ok) throw new CommandFailed([outcome.reason, ...Object.values(outcome.fields ?? {})].join(' '));
  return outcome.value;
};
const plain = ({ says, level }: Fault) => ({ level, says });

export default {
  usage: '--garden NOM --due AAAA-MM-JJ --out FICHIER.xml [--dry-run]',
  summary: 'Prélève ce que doivent, à une date, les clients qui paient par prélèvement : écrit le fichier pour la banque (pain.008.001.08)',
  options: {
    garden: { type: 'string', says: 'le jardin (son nom court)' },
    due: { type: 'string', says: 'le jour du prélèvement' },
    out: { type: 'string', says: 'le fichier à écrire' },
    'dry-run': { type: 'boolean', says: 'dit ce qui serait prélevé, sans rien écrire' },
  },
  words: 0,
  run: (_, values) => {
    const slug = needed(values, 'garden');
    const due = parseDay(needed(values, 'due'));
    if (!due) throw new UsageError(`--due « ${values.due} » : un jour est attendu, par exemple 2025-11-05.`);
    const dry = values['dry-run'] === true;
    const file = dry ? null : needed(values, 'out');
    return withDatabase(log, async () => {
      const actor = systemActor((await gardenNamed(slug)).id);
      const found = await proposal(actor, due, today());
      const account = found.accounts.find(({ faults }) => faults.length === 0);
      if (found.why) throw new CommandFailed(found.why);
      if (!account)
        throw new CommandFailed(
          found.accounts[0]?.faults[0]?.says ??
            'Le jardin n’a pas de compte en banque : enregistrez-le d’abord (Banque, Comptes bancaires).',
        );
      const summary = summed(due, found);
      if (file === null) return { json: { ...summary, dryRun: true }, text: told(summary, found) };
      const { id, messageId } = await write(actor, account.id, due, file);
      return {
        json: { ...summary, batch: id, messageId, file },
        text: `${told(summary, found)}\n${file} : fichier ${messageId}. L’argent arrivé est à noter ensuite.`,
      };
    });
  },
} satisfies Command;

const summed = (due: Day, { ready, left, cents }: Proposal) => ({
  due,
  debits: ready.length,
  cents,
  left: left.map(({ number, name, amount, faults }) => ({ number, name, cents: amount, faults: faults.map(plain) })),
});

function told({ due, debits, cents, left }: ReturnType<typeof summed>, { settings }: Proposal): string {
  const lines = [
    `${debits} prélèvements pour ${formatEuros(cents)}, le ${sayDayAndYear(due)}. À annoncer ${settings.noticeDays} jours avant.`,
  ];
  if (left.length) lines.push(`${left.length} clients laissés de côté :`);
  return [
    ...lines,
    ...left.map((one) => `  ${one.number} ${one.name}, ${formatEuros(one.cents)} : ${one.faults.map(({ says }) => says).join(' ')}`),
  ].join('\n');
}

/** The command is the person's word that customers were told. A disk that is full leaves a debit whose file can be downloaded from its page. */
async function write(actor: Actor, accountId: number, dueOn: Day, file: string): Promise<{ id: number; messageId: string }> {
  const { id } = orFail(await createBatch(actor, { key: randomUUID(), accountId, dueOn }, today()));
  const draft = (await batchPage(actor, id, today()))!;
  orFail(await sendBatch(actor, id, { version: draft.batch.version, accept: true }, today()));
  await writeFile(file, (await batchFile(actor, id))!.content);
  const { batch } = (await batchPage(actor, id, today()))!;
  return { id, messageId: batch.messageId! };
}
