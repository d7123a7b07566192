import { sql } from 'kysely';
import { readSettings } from '#domains/gardens/settings.ts';
import { post, reverse } from '#domains/ledger/index.server.ts';
import type { Day } from '#kernel/day.ts';
import type { Cents } from '#kernel/money.ts';
import { done, type Outcome, type Refusal, refuse } from '#kernel/outcome.ts';
import { type Actor, requireRight } from '#platform/access/actor.ts';
import type { Tx } from '#platform/db/index.ts';
import { inGarden } from '#platform/db/tenancy.ts';
import { whyNotDay } from '../rules/pile.ts';
import { type Receipt, type Sale, takingLines, vatRates, whyNotTaking } from '../rules/taking.ts';
import { methods } from './methods.ts';
import { closedOn } from './record.ts';

export type GivenTaking = {
  key: string;
  day: Day;
  place: string;
  activity: number | null;
  note: string;
  sales: { account: string; vatBasisPoints: number; grossCents: Cents }[];
  receipts: { method: number; amount: Cents; reference?: string; bank?: string }[];
};

/** Writes a day of market: its sales and its payments in one entry of the cash book, so that both always agree. Sent twice, it acts once. */
export function addTaking(actor: Actor, given: GivenTaking, today: Day): Promise<Outcome<{ id: number }>> {
  requireRight(actor, 'payments:change');
  return inGarden(actor, async (tx) => {
    const late = whyNotDay(given.day, today);
    if (late) return refuse('La date est à revoir.', { day: 'Un marché est d’aujourd’hui ou d’avant.' });
    const ready = await prepare(tx, given);
    if ('ok' in ready) return ready;
    const total = ready.sales.reduce((sum, { grossCents }) => sum + grossCents, 0);
    const { rows } = await sql<{ id: number }>`
      insert into taking (garden_id, day, place, activity_id, lines, total_cents, key, note, created_by)
      values (${actor.gardenId}, ${given.day}, ${given.place}, ${given.activity}, ${JSON.stringify(ready.sales)}::jsonb, ${total}, ${given.key},
        ${given.note}, app_user())
      on conflict (garden_id, key) do nothing returning id`.execute(tx);
    if (!rows[0])
      return done(
        (await sql<{ id: number }>`select id from taking where garden_id = app_garden() and key = ${given.key}`.execute(tx)).rows[0]!,
      );
    const { id } = rows[0];
    const [posted] = await post(tx, 'CA', [
      {
        ...{ day: given.day, label: `Ventes : ${given.place}`, document: `M${id}`, documentDay: given.day, source: `taking:${id}` },
        lines: takingLines(ready.sales, ready.receipts, given.activity),
      },
    ]);
    await sql`update taking set entry_id = ${posted!.id} where garden_id = app_garden() and id = ${id}`.execute(tx);
    await sql`
      insert into payment (garden_id, taking_id, method_id, amount_cents, reference, bank, day, state, entry_id, source, created_by)
      select ${actor.gardenId}, ${id}, r.method, r.amount, coalesce(r.reference, ''), coalesce(r.bank, ''), ${given.day}, 'paid', ${posted!.id},
        'taking:' || ${id}::bigint || ':' || r.method || ':' || r.at, app_user()
      from jsonb_to_recordset(${JSON.stringify(ready.receipts.map((one, at) => ({ ...one, at })))}::jsonb)
        as r (method bigint, amount bigint, reference text, bank text, at integer) order by r.at`.execute(tx);
    return done({ id });
  });
}

/** What was typed, with accounts of the chart and rates that the garden has; or why not. */
async function prepare(tx: Tx, given: GivenTaking): Promise<{ sales: Sale[]; receipts: Receipt[] } | Refusal> {
  const shut = await closedOn(tx, given.day);
  if (shut) return shut;
  const { rows } = await sql<{ settings: unknown; accounts: Record<string, string>; activity: boolean }>`
    select settings, coalesce((select jsonb_object_agg(number, name) from account where garden_id = g.id and archived_at is null and number ~ '^70[1-7]'), '{}') as accounts,
      ${given.activity}::bigint is null or exists (select from activity where garden_id = g.id and id = ${given.activity}) as activity
    from garden g where id = app_garden()`.execute(tx);
  const { settings, accounts, activity } = rows[0]!;
  const liable = readSettings(settings).vatLiable;
  if (!activity) return refuse('Cette activité n’existe plus.', { activity: 'Choisissez une des activités.' });
  const ways = new Map((await methods(tx)).map((one) => [one.id, one]));
  if (given.sales.some(({ account }) => !(account in accounts)))
    return refuse('Une vente n’a pas de compte connu : choisissez dans la liste.');
  if (given.sales.some(({ vatBasisPoints }) => !(vatRates as readonly number[]).includes(vatBasisPoints)))
    return refuse('Un taux de TVA n’est pas connu : choisissez dans la liste.');
  if (given.receipts.some(({ method }) => !ways.has(method))) return refuse('Un moyen de paiement n’est plus utilisé : rechargez la page.');
  const sales = given.sales.map((sale) => ({ ...sale, vatBasisPoints: liable ? sale.vatBasisPoints : 0, label: accounts[sale.account]! }));
  const receipts = given.receipts.map((one) => ({ ...one, account: ways.get(one.method)!.account }));
  const why = whyNotTaking(sales, receipts);
  return why ? refuse(why) : { sales, receipts };
}

/** Takes a whole day of market back, by the mirror of its entry. What a slip holds leaves the slip first. */
export function undoTaking(actor: Actor, id: number, today: Day): Promise<Outcome<null>> {
  requireRight(actor, 'payments:change');
  return inGarden(actor, async (tx) => {
    const { rows } = await sql<{ entry: number; place: string; reversed: boolean }>`
      select entry_id as entry, place, reversed_at is not null as reversed from taking where garden_id = app_garden() and id = ${id} for update`.execute(
      tx,
    );
    const found = rows[0];
    if (!found) return refuse('Ce marché n’existe pas.');
    if (found.reversed) return done(null);
    const { rows: held } = await sql<{ slip: number | null; bounced: boolean }>`
      select r.number as slip, p.reversal_id is not null as bounced from payment p left join remittance r on r.garden_id = p.garden_id and r.id = p.remittance_id
      where p.garden_id = app_garden() and p.taking_id = ${id} for update of p`.execute(tx);
    if (held.some(({ bounced }) => bounced))
      return refuse('Un chèque de ce marché a été rejeté par la banque : le marché ne s’annule plus.');
    const slip = held.find((one) => one.slip !== null)?.slip;
    if (slip) return refuse(`Des règlements de ce marché sont sur la remise n° ${slip} : défaites d’abord la remise.`);
    const reversed = await reverse(tx, found.entry, { day: today, label: `Annulation : ventes, ${found.place}` });
    if (!reversed.ok) return reversed;
    await sql`
      update payment set state = 'cancelled', reversal_id = ${reversed.value.id}, reason = 'Marché annulé', version = version + 1
      where garden_id = app_garden() and taking_id = ${id}`.execute(tx);
    await sql`update taking set reversed_at = now(), version = version + 1 where garden_id = app_garden() and id = ${id}`.execute(tx);
    return done(null);
  });
}
