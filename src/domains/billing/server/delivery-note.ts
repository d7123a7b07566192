import { sql } from 'kysely';
import type { Day } from '#kernel/day.ts';
import { done, type Outcome, refuse } from '#kernel/outcome.ts';
import { type Actor, requireRight } from '#platform/access/actor.ts';
import { readInGarden } from '#platform/db/tenancy.ts';
import { drawDeliveryNote } from '../documents/delivery-note.ts';
import type { DeliveryNote } from '../documents/model.ts';
import type { Pdf } from './documents-pdf.ts';
import { recipients } from './issue-store.ts';
import { issuer, letterheadOf } from './letterhead.ts';

/**
 * What a customer was delivered between two days (included), without prices, to be signed. Baskets that were not given out stand in it as such.
 */
export function deliveryNote(actor: Actor, customer: number, asked: { from: Day; until: Day; today: Day }): Promise<Outcome<Pdf>> {
  requireRight(actor, 'billing:read');
  const { from, until, today } = asked;
  if (until < from) return Promise.resolve(refuse('La fin vient avant le début.'));
  return readInGarden(actor, async (tx) => {
    const person = (await recipients(tx, [{ customer }])).get(customer);
    if (!person) return refuse('Ce client n’existe pas dans votre jardin.');
    const { rows: baskets } = await sql<DeliveryNote['baskets'][number]>`
      select v.date as day, p.name as product, b.quantity, d.name as depot,
        least(b.quantity, (select coalesce(sum(o.quantity), 0) from basket_outcome o where o.garden_id = b.garden_id
          and o.subscription_id = b.subscription_id and o.delivery_id = b.delivery_id and o.kind in ('missing', 'refused', 'spoiled')))::int as missing
      from subscription s
      join basket b on b.garden_id = s.garden_id and b.subscription_id = s.id
      join delivery v on v.garden_id = b.garden_id and v.id = b.delivery_id
      join product p on p.garden_id = b.garden_id and p.id = b.product_id
      join slot t on t.garden_id = b.garden_id and t.id = b.slot_id
      join depot d on d.garden_id = t.garden_id and d.id = t.depot_id
      where s.garden_id = app_garden() and s.customer_id = ${customer} and v.date between ${from} and ${until} and not v.closed and b.quantity > 0
      order by v.date, p.position, p.name, d.name`.execute(tx);
    const { garden, settings } = await issuer(tx, actor.gardenId);
    const note = {
      from,
      until,
      editedOn: today,
      baskets,
      letterhead: letterheadOf(garden, settings, today),
      recipient: JSON.parse(person.recipient),
    };
    return done({ name: `bon-de-livraison-${person.name}-${until}`, content: await drawDeliveryNote(note) });
  });
}
