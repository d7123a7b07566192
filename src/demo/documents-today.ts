import { creditNote, issueInvoice, sendDocument } from '#domains/billing/index.server.ts';
import type { InvoiceValues } from '#domains/billing/schema-documents.ts';
import { addDays, type Day } from '#kernel/day.ts';
import type { Outcome } from '#kernel/outcome.ts';
import type { Actor } from '#platform/access/actor.ts';
import { inGarden } from '#platform/db/tenancy.ts';

const orThrow = <T>(outcome: Outcome<T>): T => {
  if (!outcome.ok) throw new Error(outcome.reason);
  return outcome.value;
};

/** Label, quantity, price, rate, account. */
type Line = [string, string, string, string, string];

const canteen: Line[] = [
  ['Carottes des sables, 10 kg', '4', '14,50', '550', '701000'],
  ['Pommes de terre Charlotte, 10 kg', '6', '11,80', '550', '701000'],
  ['Potimarrons, 10 kg', '2', '17,00', '550', '701000'],
  ['Livraison à la cuisine', '1', '12,00', '2000', '708500'],
];
const visit: Line[] = [
  ['Visite du jardin et atelier « de la graine au panier »', '1', '140,00', '2000', '706000'],
  ['Goûter de légumes, par enfant', '24', '1,50', '550', '701000'],
];

/** What is not a basket: an invoice for a canteen, sent, one line of which is credited since it came back; a visit of the garden. */
export async function writeInvoices(actor: Actor, today: Day): Promise<void> {
  const [kitchen, school] = await inGarden(actor, (tx) =>
    tx.selectFrom('customer').select(['id', 'email']).where('kind', '=', 'organisation').orderBy('number').limit(2).execute(),
  );
  if (!kitchen || !school) return;
  const delivered = orThrow(await issueInvoice(actor, typed(kitchen.id, 'cuisine', 'Légumes livrés à la cuisine', canteen, 'MAR', today)));
  orThrow(await issueInvoice(actor, typed(school.id, 'visite', 'Une classe au jardin', visit, 'PRE', today)));
  if (kitchen.email) orThrow(await sendDocument(actor, delivered.id, { to: kitchen.email, message: '', sent: 0 }));
  orThrow(await creditNote(actor, delivered.id, today, { note: 'Potimarrons repris : ils étaient trop petits.', lines: [3] }));
}

/** What a person would have typed in the form. */
function typed(customer: number, key: string, title: string, lines: Line[], activity: string, today: Day): InvoiceValues {
  const fields = lines.flatMap(([label, quantity, price, vat, account], at) =>
    Object.entries({ label, quantity, price, vat, account }).map(([name, value]) => [`${name}${at + 1}`, value]),
  );
  const dates = { day: today, dueOn: addDays(today, 30) };
  return { key: `demo-${key}`, customer, ...dates, title, note: '', vatIncluded: false, activity, ...Object.fromEntries(fields) };
}
