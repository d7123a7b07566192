import { sql } from 'kysely';
import { readSettings } from '#domains/gardens/settings.ts';
import { isHeld, limitOfGarden, standings } from '#domains/ledger/index.server.ts';
import { addDays, type Day } from '#kernel/day.ts';
import { done, type Outcome, refuse } from '#kernel/outcome.ts';
import { type Actor, requireRight } from '#platform/access/actor.ts';
import { inGarden, readInGarden } from '#platform/db/tenancy.ts';

/** Whether a customer's baskets are held back for what is late; until when they are let go all the same. No amount: not everybody may know it. */
export type Hold = { held: boolean; allowedUntil: Day | null };

/** Null when the garden holds nothing back, and nothing was let pass. One query. */
export function holdOf(actor: Actor, customerId: number, today: Day): Promise<Hold | null> {
  requireRight(actor, 'customers:read');
  return readInGarden(actor, async (tx) => {
    const { rows } = await sql<Hold>`
      select coalesce(${isHeld(today, limitOfGarden)}, false) as held,
        case when c.debt_allowed_until >= ${today} then c.debt_allowed_until end as "allowedUntil"
      from customer c
      left join ${standings(today)} s on s.customer_id = c.id
      where c.garden_id = app_garden() and c.id = ${customerId} and ${limitOfGarden} is not null`.execute(tx);
    const found = rows[0];
    return found && (found.held || found.allowedUntil) ? found : null;
  });
}

const MOST_DAYS = 366;

/** Baskets of a customer are packed until that day, whatever is owed; null: as for everybody else. Said twice, it acts once. */
export function allowBaskets(actor: Actor, customerId: number, until: Day | null, today: Day): Promise<Outcome<null>> {
  requireRight(actor, 'customers:change');
  return inGarden(actor, async (tx) => {
    if (until !== null && until < today) return refuse('Ce jour est passé.', { jusquau: 'Choisissez aujourd’hui ou un jour à venir.' });
    if (until !== null && until > addDays(today, MOST_DAYS)) return refuse('C’est trop loin.', { jusquau: 'Un an au plus.' });
    const { rows } = await sql<{ settings: unknown; found: boolean }>`
      select settings, exists (select from customer where garden_id = app_garden() and id = ${customerId}) as found from garden where id = app_garden()`.execute(
      tx,
    );
    if (!rows[0]!.found) return refuse('Ce client n’existe pas dans votre jardin.');
    if (readSettings(rows[0]!.settings).debtLimitCents === null)
      return refuse('Votre jardin ne retient aucun panier : il n’y a rien à laisser passer.');
    await sql`update customer set debt_allowed_until = ${until}, version = version + 1
      where garden_id = app_garden() and id = ${customerId} and debt_allowed_until is distinct from ${until}`.execute(tx);
    return done(null);
  });
}
