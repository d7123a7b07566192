import { writeFile } from 'node:fs/promises';
import { customerNumbered, statementPdf } from '#domains/billing/index.server.ts';
import { remains, sayPeriodOf } from '#domains/billing/labels-statement.ts';
import { parseDay } from '#kernel/day.ts';
import { systemActor } from '#platform/access/actor.ts';
import { withDatabase } from '#platform/application/database.ts';
import { today } from '#platform/clock.ts';
import { type Command, CommandFailed, log, needed, UsageError, type Values } from './command.ts';
import { gardenNamed } from './garden.ts';

export default {
  usage: '--garden NOM --customer NUMÉRO --out FICHIER.pdf [--from AAAA-MM-JJ] [--until AAAA-MM-JJ] [--dry-run]',
  summary: 'Le relevé d’un client en PDF : ce qui a été reçu, facturé, réglé, et ce qui reste',
  options: {
    garden: { type: 'string', says: 'le jardin (son nom court)' },
    customer: { type: 'string', says: 'le numéro du client' },
    from: { type: 'string', says: 'le premier jour (sinon : un an au plus, ou le changement d’outil)' },
    until: { type: 'string', says: 'le dernier jour (sinon : aujourd’hui)' },
    out: { type: 'string', says: 'le fichier à écrire' },
    'dry-run': { type: 'boolean', says: 'dire ce qu’il contiendrait, sans rien écrire' },
  },
  words: 0,
  run: (_, values) => {
    const slug = needed(values, 'garden');
    const number = needed(values, 'customer');
    const dry = values['dry-run'] === true;
    const file = dry ? null : needed(values, 'out');
    const [from, until] = [dayOf(values, 'from'), dayOf(values, 'until')];
    if (from && until && until < from) throw new UsageError('--until vient avant --from.');
    return withDatabase(log, async () => {
      const garden = await gardenNamed(slug);
      const actor = systemActor(garden.id);
      const customer = await customerNumbered(actor, number);
      if (customer === null) throw new CommandFailed(`Le jardin « ${slug} » n’a pas de client n° ${number}.`);
      const made = (await statementPdf(actor, customer, { from, until }, today()))!;
      if (file) await writeFile(file, made.content);
      const { told } = made;
      const end = remains(told.closing);
      return {
        json: {
          ...{
            customer: number,
            name: told.recipient.name,
            from: told.from,
            until: told.until,
            openingCents: told.opening,
            closingCents: told.closing,
          },
          aheadCents: told.ahead,
          periods: told.periods.map((period) => ({
            from: period.from,
            until: period.until,
            ...period.totals,
            balanceCents: period.balance,
          })),
          file,
        },
        text: `${file ?? 'Rien n’est écrit'} : ${told.recipient.name}, ${sayPeriodOf(told)}, ${end.label.toLowerCase()} ${end.amount}.`,
      };
    });
  },
} satisfies Command;

function dayOf(values: Values, name: string) {
  if (typeof values[name] !== 'string') return null;
  const day = parseDay(values[name]);
  if (!day) throw new UsageError(`--${name} « ${values[name]} » : un jour est attendu, par exemple 2025-10-22.`);
  return day;
}
