import { sql } from 'kysely';
import {
  addTaking,
  deposit,
  type Given,
  makeSlip,
  methods,
  openItems,
  recordPayments,
  refusePayment,
  slipChoice,
  takingChoices,
} from '#domains/payments/index.server.ts';
import { usualKind } from '#domains/payments/labels.ts';
import { addDays, type Day, weekdayOf } from '#kernel/day.ts';
import type { Outcome } from '#kernel/outcome.ts';
import type { Actor } from '#platform/access/actor.ts';
import { inGarden } from '#platform/db/tenancy.ts';
import { type Chance, chance } from './random.ts';

const banks = ['Crédit agricole', 'La Banque postale', 'Caisse d’épargne', 'Crédit mutuel', 'BNP Paribas', 'Banque populaire'];
const orThrow = <T>(outcome: Outcome<T>): T => {
  if (!outcome.ok) throw new Error(outcome.reason);
  return outcome.value;
};

/**
 * Who is not debited pays what was billed, one to three weeks later; one in twelve is late. Cheques go to the bank every month, the last ones wait; one
 * came back. Two transfers are announced, a cheque is doubtful, Saturdays have their market.
 */
export async function receivePayments(actor: Actor, today: Day): Promise<void> {
  const luck = chance(actor.gardenId * 7919 + 5);
  await payBills(actor, luck, today);
  await goToBank(actor, today);
  await holdMarkets(actor, luck, today);
}

async function payBills(actor: Actor, luck: Chance, today: Day): Promise<void> {
  await inGarden(actor, async (tx) => {
    const ways = new Map((await methods(tx)).map(({ kind, id }) => [kind, id]));
    const { rows: people } = await sql<{ id: number; method: string | null }>`
      select id, payment_method as method from customer
      where garden_id = app_garden() and coalesce(payment_method, '') <> 'direct_debit' order by id`.execute(tx);
    const accounts = await openItems(
      tx,
      people.map(({ id }) => id),
    );
    const given: Given[] = [];
    for (const { id, method } of people) {
      const kind = usualKind(method) ?? 'cheque';
      for (const item of accounts.get(id)?.open ?? []) {
        const day = addDays(item.day, luck.between(5, 22));
        const late = luck.happens(0.08);
        const payment = {
          customer: id,
          method: ways.get(kind)!,
          amount: item.left,
          day,
          document: item.document,
          source: `demo:${item.id}`,
        };
        const reference = kind === 'cheque' ? String(luck.between(1_000_000, 9_999_999)) : '';
        if (item.left <= 0 || late) continue;
        if (day <= today) given.push({ ...payment, reference, bank: kind === 'cheque' ? luck.pick(banks) : '' });
        else if (kind === 'transfer' && luck.happens(0.15)) given.push({ ...payment, state: 'expected', note: 'Annoncé au téléphone' });
      }
    }
    const unsure = given.findLast(({ method, state }) => method === ways.get('cheque') && state === undefined);
    if (unsure && given.length > 20) Object.assign(unsure, { state: 'uncertain', note: 'Chèque sans signature : à revoir avec elle' });
    orThrow(await recordPayments(tx, actor.gardenId, given));
  });
}

/** Up to three weeks ago, month by month; the oldest slip brings a cheque back. */
async function goToBank(actor: Actor, today: Day): Promise<void> {
  const { waiting } = await slipChoice(actor, undefined);
  const cheques = waiting.find(({ kind }) => kind === 'cheque');
  if (!cheques) return;
  const { lines } = await slipChoice(actor, cheques.id);
  const old = lines.filter(({ day }) => day <= addDays(today, -21));
  let bounced = false;
  for (const some of Map.groupBy(old, ({ day }) => day.slice(0, 7)).values()) {
    const day = some.at(-1)!.day;
    const { id } = orThrow(await makeSlip(actor, { method: cheques.id, day, payments: some.map((line) => line.id) }, today));
    orThrow(await deposit(actor, id, { day: addDays(day, 1), bankAccount: null }, today));
    const bad = bounced ? undefined : some.findLast(({ number }) => number !== '');
    if (!bad) continue;
    bounced = true;
    orThrow(await refusePayment(actor, bad.id, { day: addDays(day, 8), reason: 'Chèque sans provision', fee: null }, today));
  }
}

/** The six Saturdays before: vegetables of the garden, a few eggs and jars bought from neighbours. */
async function holdMarkets(actor: Actor, luck: Chance, today: Day): Promise<void> {
  const { methods: ways, activities } = await takingChoices(actor);
  const [cash, card, cheque] = (['cash', 'card', 'cheque'] as const).map((kind) => ways.find((way) => way.kind === kind)?.id);
  if (!cash || !card || !cheque) return;
  const saturday = addDays(today, -((weekdayOf(today) + 1) % 7 || 7));
  for (let week = 5; week >= 0; week--) {
    const sold = luck.between(180, 420) * 50;
    const bought = luck.between(20, 70) * 50;
    const paidByCard = Math.floor((sold + bought) * 0.4);
    const day = addDays(saturday, -7 * week);
    const byCheque = luck.between(2, 6) * 500;
    orThrow(
      await addTaking(
        actor,
        {
          ...{ key: `demo-marche-${day}`, day, place: 'Marché du samedi', activity: activities[0]?.id ?? null, note: '' },
          sales: [
            { account: '701000', vatBasisPoints: 550, grossCents: sold },
            { account: '707000', vatBasisPoints: 550, grossCents: bought },
          ],
          receipts: [
            { method: cash, amount: sold + bought - paidByCard - byCheque },
            { method: card, amount: paidByCard },
            // Two cheques, from two banks.
            { method: cheque, amount: byCheque - 500, reference: String(luck.between(1_000_000, 9_999_999)), bank: luck.pick(banks) },
            { method: cheque, amount: 500, reference: String(luck.between(1_000_000, 9_999_999)), bank: luck.pick(banks) },
          ],
        },
        today,
      ),
    );
  }
}
