import { sql } from 'kysely';
import { done, type Outcome, refuse } from '#kernel/outcome.ts';
import { type Actor, requireRight, systemActor } from '#platform/access/actor.ts';
import type { Tx } from '#platform/db/index.ts';
import { inGarden, readInGarden } from '#platform/db/tenancy.ts';
import { type Return, readReturns } from '../rules/dsn.ts';
import { noteBounce } from './bounces.ts';
import { readMessageId } from './token.ts';

/** An address that letters come back from. */
export type BouncedAddress = { id: number; address: string; reason: string; notedAt: Date; customerId: number | null; customer: string };

/** Addresses set aside, the latest first. One query. */
export function bouncedAddresses(actor: Actor): Promise<BouncedAddress[]> {
  requireRight(actor, 'messages:read');
  return readInGarden(actor, async (tx) => {
    const { rows } = await sql<BouncedAddress>`
      select b.id, b.address, b.reason, b.noted_at as "notedAt", c.id as "customerId", coalesce(trim(c.first_name || ' ' || c.last_name), '') as customer
      from message_bounce b
      left join lateral (select id, first_name, last_name from customer where garden_id = b.garden_id and lower(email) = lower(b.address)
        order by archived_at nulls first, id limit 1) c on true
      where b.garden_id = app_garden() and b.cleared_at is null order by b.noted_at desc, b.id desc`.execute(tx);
    return rows;
  });
}

/** Notes the returns of a file that somebody of the garden took from its mailbox. Given twice, it acts once. */
export function noteReturns(actor: Actor, text: string): Promise<Outcome<{ noted: number; others: number }>> {
  requireRight(actor, 'messages:change');
  return inGarden(actor, async (tx) => {
    const found = readReturns(text);
    if (found.length === 0)
      return refuse('Ce fichier ne contient pas d’avis de retour de nos messages.', {
        fichier: 'Choisissez un avis de non-remise, enregistré comme fichier .eml.',
      });
    let noted = 0;
    for (const one of found) if (ours(one)?.gardenId === actor.gardenId && (await note(tx, actor.gardenId, one))) noted += 1;
    return done({ noted, others: found.length - noted });
  });
}

const ours = (one: Return) => readMessageId(one.original);

/** @returns whether it was a message of this garden. */
async function note(tx: Tx, gardenId: number, { original, said, aside }: Return): Promise<boolean> {
  const { id } = readMessageId(original)!;
  const { rows } = await sql<{ address: string }>`
    update message set state = 'bounced', error = ${said}
    where garden_id = app_garden() and id = ${id} and channel = 'mail' and state in ('sent', 'bounced') returning to_address as address`.execute(
    tx,
  );
  if (rows[0] && aside) await noteBounce(tx, gardenId, { address: rows[0].address, messageId: id, reason: said });
  return rows.length > 0;
}

/** The command line: returns of a shared mailbox, each noted in the garden whose letter it is. @returns how many were noted. */
export async function noteReturnsOfAll(text: string): Promise<number> {
  let noted = 0;
  for (const one of readReturns(text)) {
    const letter = ours(one);
    if (letter && (await inGarden(systemActor(letter.gardenId), (tx) => note(tx, letter.gardenId, one)))) noted += 1;
  }
  return noted;
}
