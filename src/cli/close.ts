import { type Closed, closeMonth, closeTill, closeYear, fiscalYears } from '#domains/accounting/index.server.ts';
import { ofMonth, parseMonth, sayMonth } from '#domains/accounting/rules/months.ts';
import { addDays } from '#kernel/day.ts';
import { formatEuros } from '#kernel/money.ts';
import type { Outcome } from '#kernel/outcome.ts';
import { type Actor, systemActor } from '#platform/access/actor.ts';
import { withDatabase } from '#platform/application/database.ts';
import { today } from '#platform/clock.ts';
import { type Command, CommandFailed, log, needed, neededYear, UsageError, type Values } from './command.ts';
import { gardenNamed } from './garden.ts';

export default {
  usage: '--garden NOM --month AAAA-MM | --year AAAA | --till [--dry-run]',
  summary: 'Clôture un mois, un exercice, ou la caisse jusqu’à hier : ces jours ne changent plus',
  options: {
    garden: { type: 'string', says: 'le jardin (son nom court)' },
    month: { type: 'string', says: 'le mois, et ceux d’avant qui sont ouverts' },
    year: { type: 'string', says: 'l’année où finit l’exercice' },
    till: { type: 'boolean', says: 'la caisse jusqu’à hier, sans attendre la nuit' },
    'dry-run': { type: 'boolean', says: 'dit ce qui serait fait, sans le faire' },
  },
  words: 0,
  run: (_, values) => {
    const slug = needed(values, 'garden');
    const chosen = ['month', 'year', 'till'].filter((name) => values[name] !== undefined);
    if (chosen.length !== 1) throw new UsageError('Dites --month, --year ou --till.');
    return withDatabase(log, async () => {
      const actor = systemActor((await gardenNamed(slug)).id);
      return values.till ? closeTheTill(actor, values) : closeTheBooks(actor, values);
    });
  },
} satisfies Command;

const orFail = <T>(answer: Outcome<T>): T => {
  if (!answer.ok) throw new CommandFailed(answer.reason);
  return answer.value;
};

async function closeTheTill(actor: Actor, values: Values) {
  if (values['dry-run']) throw new UsageError('--till ne connaît pas --dry-run : une clôture de caisse ne change aucun encaissement.');
  const made = orFail(await closeTill(actor, addDays(today(), -1), today()));
  const perpetual = made.at(-1)?.perpetual ?? null;
  return {
    json: {
      closings: made.map(({ kind, from, until, total, payments }) => ({ kind, from, until, totalCents: total, payments })),
      perpetualCents: perpetual,
    },
    text: made.length
      ? `${made.length} clôture${made.length > 1 ? 's' : ''} de caisse, total perpétuel ${formatEuros(perpetual!)}.`
      : 'Rien de nouveau à clôturer.',
  };
}

async function closeTheBooks(actor: Actor, values: Values) {
  const dry = values['dry-run'] === true;
  const asked = { today: today(), mode: dry ? 'preview' : 'apply' } as const;
  let closed: Closed;
  if (values.month !== undefined) {
    const month = parseMonth(needed(values, 'month'));
    if (!month) throw new UsageError(`--month « ${values.month} » : un mois est attendu, par exemple 2026-03.`);
    closed = orFail(await closeMonth(actor, month, asked));
  } else {
    const { years } = await fiscalYears(actor, asked.today);
    const year = years.find(({ endsOn }) => endsOn.startsWith(String(neededYear(values))));
    if (!year) throw new CommandFailed(`Aucun exercice du grand livre ne finit en ${values.year}.`);
    closed = orFail(await closeYear(actor, year.endsOn, asked));
  }
  const { months, till, result, remarks } = closed;
  const lines = months.map(
    ({ month, consumption }) =>
      `${sayMonth(month)} : ${consumption.entries ? `${formatEuros(consumption.amount)} payés d’avance passent en ventes (${consumption.entries} écriture${consumption.entries > 1 ? 's' : ''})` : 'rien à passer en ventes'}.`,
  );
  const nothing = months.length === 0 && !result;
  return {
    json: {
      dryRun: dry,
      months: months.map(({ month, consumption }) => ({
        month,
        consumptionEntries: consumption.entries,
        consumptionCents: consumption.amount,
      })),
      tillClosings: till,
      result: result && { cents: result.amount, entry: dry ? null : result.entry },
      remarks,
    },
    text: [
      ...lines,
      ...(result
        ? [
            `Résultat : ${result.amount >= 0 ? 'excédent' : 'déficit'} de ${formatEuros(Math.abs(result.amount))}, porté à l’exercice suivant.`,
          ]
        : []),
      ...remarks.map((remark) => `À regarder : ${remark}`),
      nothing
        ? 'C’était déjà clôturé.'
        : dry
          ? 'Essai : rien n’a été clôturé.'
          : `Clôturé${months.length ? `, jusqu’à la fin ${ofMonth(months.at(-1)!.month)}` : ''}.`,
    ].join('\n'),
  };
}
