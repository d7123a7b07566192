import { sql } from 'kysely';
import type { Tx } from '#platform/db/index.ts';
import type { ProviderKind } from '../rules/provider.ts';

/** What the garden's payments online are called among its ways of paying, until it names them otherwise. */
export const methodName = 'Carte en ligne';

/** The way of paying under which a provider's money is written: the one of the settings, or a new one, on the account of cards. */
export async function methodOf(tx: Tx, gardenId: number, kind: ProviderKind): Promise<number> {
  const { rows } = await sql<{ method: number | null }>`
    select method_id as method from online_provider where garden_id = app_garden() and kind = ${kind}`.execute(tx);
  return rows[0]?.method ?? ensureMethod(tx, gardenId);
}

/** Finds it by its name, or makes it. */
export async function ensureMethod(tx: Tx, gardenId: number): Promise<number> {
  const { rows } = await sql<{ id: number }>`
    insert into payment_method (garden_id, kind, name, account, remitted, position) values (${gardenId}, 'card', ${methodName}, '511500', false, 8)
    on conflict (garden_id, name) do update set name = excluded.name returning id`.execute(tx);
  return rows[0]!.id;
}
