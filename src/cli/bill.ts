import { randomUUID } from 'node:crypto';
import { advanceRun, previewRun, runDetail, runList, startRun } from '#domains/billing/index.server.ts';
import { sayDocuments } from '#domains/billing/labels-runs.ts';
import { runFilters } from '#domains/billing/schema-runs.ts';
import { readSettings } from '#domains/gardens/settings.ts';
import { lastOfMonth } from '#domains/plans/rules/rhythm.ts';
import { addDays, type Day } from '#kernel/day.ts';
import { formatEuros } from '#kernel/money.ts';
import { type Actor, systemActor } from '#platform/access/actor.ts';
import { withDatabase } from '#platform/application/database.ts';
import { today } from '#platform/clock.ts';
import { database } from '#platform/db/index.ts';
import { type Command, CommandFailed, log, needed, type Result, UsageError, type Values } from './command.ts';
import { gardenNamed } from './garden.ts';

const everybody = runFilters.parse({});

export default {
  usage: '--garden NOM --month AAAA-MM',
  summary: 'Facture tout ce qui est dû à la fin d’un mois ; interrompue, la commande reprend où elle en était',
  options: {
    garden: { type: 'string', says: 'le jardin (son nom court)' },
    month: { type: 'string', says: 'le mois, par exemple 2025-10 : tout ce qui est dû à son dernier jour' },
    day: { type: 'string', says: 'la date des factures (aujourd’hui)' },
    'dry-run': { type: 'boolean', says: 'dit ce qui serait facturé, n’écrit rien' },
  },
  words: 0,
  run: (_, values) => {
    const slug = needed(values, 'garden');
    const asked = read(values);
    return withDatabase(log, async () => {
      const garden = await gardenNamed(slug);
      const actor = systemActor(garden.id);
      if (values['dry-run'] === true) return foresee(actor, asked);
      return bill(actor, garden.id, asked);
    });
  },
} satisfies Command;

type Asked = { month: string; until: Day; day: Day };

function read(values: Values): Asked {
  const month = needed(values, 'month');
  if (!/^20\d\d-(0[1-9]|1[0-2])$/.test(month)) throw new UsageError(`--month « ${month} » : un mois est attendu, par exemple 2025-10.`);
  const day = typeof values.day === 'string' ? values.day : today();
  if (!/^20\d\d-\d\d-\d\d$/.test(day)) throw new UsageError(`--day « ${day} » : une date est attendue, par exemple 2025-10-31.`);
  return { month, until: lastOfMonth(`${month}-01`), day };
}

async function foresee(actor: Actor, { month, until }: Asked): Promise<Result> {
  const { rows: _, ...preview } = await previewRun(actor, { until, filters: everybody });
  const { customers, invoices, creditNotes, gross } = preview;
  return {
    json: { dryRun: true, month, until, ...preview },
    text: `Rien n’est écrit. À faire : ${sayDocuments(invoices, creditNotes)}, ${formatEuros(gross)} en tout, après avoir regardé ${customers} clients.`,
  };
}

/** A run that was interrupted for the same month is carried on; otherwise a new one bills what is not billed yet. */
async function bill(actor: Actor, gardenId: number, { month, until, day }: Asked): Promise<Result> {
  const found = await database().selectFrom('garden').select('settings').where('id', '=', gardenId).executeTakeFirstOrThrow();
  const { paymentDays } = readSettings(found.settings);
  const unfinished = (await runList(actor, { limit: 50, offset: 0 })).rows.find((run) => run.state === 'running' && run.untilOn === until);
  let id = unfinished?.id;
  if (id !== undefined) log(`Reprise de « ${unfinished!.name} » : ${unfinished!.passed} clients sur ${unfinished!.customers} déjà vus.`);
  else {
    const wish = {
      name: nameOf(month),
      until,
      day,
      dueOn: addDays(day, paymentDays),
      filters: everybody,
      key: randomUUID(),
    };
    const begun = await startRun(actor, wish);
    if (!begun.ok) throw new CommandFailed(begun.reason);
    id = begun.value.id;
  }
  for (;;) {
    const progress = await advanceRun(actor, id, 1);
    log(`${progress?.passed ?? 0} clients sur ${progress?.customers ?? 0}`);
    if (progress?.state !== 'running') break;
  }
  const run = (await runDetail(actor, id, { limit: 0, offset: 0, q: '' }))!;
  const { name, state, customers, invoices, creditNotes, gross } = run;
  return {
    json: {
      run: id,
      name,
      state,
      month,
      until,
      day: run.day,
      dueOn: run.dueOn,
      resumed: unfinished !== undefined,
      customers,
      invoices,
      creditNotes,
      gross,
    },
    text: `« ${name} » : ${sayDocuments(invoices, creditNotes)}, ${formatEuros(gross)} en tout, après avoir regardé ${customers} clients.`,
  };
}

const months = new Intl.DateTimeFormat('fr-FR', { month: 'long', year: 'numeric', timeZone: 'UTC' });
/** « Octobre 2025 » */
const nameOf = (month: string): string => {
  const said = months.format(new Date(`${month}-01T00:00:00Z`));
  return said.charAt(0).toUpperCase() + said.slice(1);
};
