import { sql } from 'kysely';
import { type Day, sayDay } from '#kernel/day.ts';
import { done, type Outcome, refuse } from '#kernel/outcome.ts';
import { type Actor, requireRight } from '#platform/access/actor.ts';
import type { Tx } from '#platform/db/index.ts';
import { inGarden, readInGarden } from '#platform/db/tenancy.ts';
import { imageType } from '#platform/files/image.ts';
import type { Mark } from '../rules/marks.ts';
import { heaviestPhoto } from '../schema.ts';

export type NewMark = {
  /** Made where it is said: what is sent twice counts once. */
  key: string;
  slotId: number;
  kind: 'done' | 'problem';
  /** By the clock of who says it, ISO; null: now. */
  saidAt: string | null;
  note: string;
  photo: Uint8Array | null;
};

/**
 * Takes what a driver says of a stop. Sent again, or said by two drivers, it is done all the same: the answer is the same, and one mark stands.
 * Refused when the stop is no part of that delivery, or the delivery is yet to come.
 */
export async function markStop(actor: Actor, deliveryId: number, mark: NewMark, today: Day): Promise<Outcome<null>> {
  requireRight(actor, 'rounds:change');
  const { kind, note, photo } = mark;
  if (kind === 'problem' && !note && !photo) return refuse('Dites quel est le problème.', { note: 'Quelques mots, ou une photo.' });
  if (photo && photo.length > heaviestPhoto)
    return refuse('Cette photo est trop lourde.', { photo: 'Plus de 8 Mo : prenez-la en plus petit.' });
  const type = photo && imageType(photo);
  if (photo && !type) return refuse('Ce fichier n’est pas une photo que Cocagne sait montrer.', { photo: 'Une photo JPEG, PNG ou WebP.' });
  return inGarden(actor, async (tx) => {
    const why = await whyNotMarked(tx, deliveryId, mark.slotId, today);
    if (why) return refuse(why);
    const { rows } = await sql<{ id: number }>`
      insert into stop_mark (garden_id, delivery_id, slot_id, key, kind, said_at, user_id, note)
      values (${actor.gardenId}, ${deliveryId}, ${mark.slotId}, ${mark.key}, ${kind}, least(coalesce(${mark.saidAt}::timestamptz, now()), now()),
        ${actor.userId}, ${note})
      on conflict do nothing
      returning id`.execute(tx);
    if (rows[0] && photo && type)
      await tx
        .insertInto('stop_photo')
        .values({ garden_id: actor.gardenId, mark_id: rows[0].id, content: Buffer.from(photo), content_type: type })
        .execute();
    return done(null);
  });
}

async function whyNotMarked(tx: Tx, deliveryId: number, slotId: number, today: Day): Promise<string | null> {
  const { rows } = await sql<{ date: Day; closed: boolean; served: boolean }>`
    select l.date, l.closed, exists (select from slot s where s.id = ${slotId} and s.tour_id = l.tour_id)
      or exists (select from basket b where b.delivery_id = l.id and b.slot_id = ${slotId}) as served
    from delivery l where l.id = ${deliveryId}`.execute(tx);
  const [delivery] = rows;
  if (!delivery) return 'Cette livraison n’existe pas.';
  if (delivery.closed) return 'Cette livraison n’a pas lieu.';
  if (!delivery.served) return 'Cet arrêt ne fait pas partie de cette tournée.';
  return delivery.date > today ? `Cette tournée part le ${sayDay(delivery.date)} : elle ne peut pas encore être pointée.` : null;
}

/** Takes back the mark that has this key; done already, or never arrived because the stop was ticked by somebody else, it is done. */
export function unmarkStop(actor: Actor, deliveryId: number, key: string): Promise<Outcome<null>> {
  requireRight(actor, 'rounds:change');
  return inGarden(actor, async (tx) => {
    await sql`update stop_mark set withdrawn_at = now() where delivery_id = ${deliveryId} and key = ${key} and withdrawn_at is null`.execute(
      tx,
    );
    return done(null);
  });
}

/** The marks of a delivery that stand, in the order they were said. One query. */
export async function findMarks(tx: Tx, deliveryId: number): Promise<Mark[]> {
  const { rows } = await sql<Omit<Mark, 'saidAt'> & { saidAt: Date }>`
    select m.key, m.slot_id as "slotId", m.kind, m.said_at as "saidAt", u.name as by, m.note, case when p.id is not null then m.id end as photo
    from stop_mark m
    left join auth."user" u on u.id = m.user_id
    left join stop_photo p on p.garden_id = m.garden_id and p.mark_id = m.id
    where m.delivery_id = ${deliveryId} and m.withdrawn_at is null
    order by m.said_at, m.id`.execute(tx);
  return rows.map((row) => ({ ...row, saidAt: row.saidAt.toISOString() }));
}

/** All that is known of a round now, for a telephone that has just said something; with the moment, by the garden's clock. */
export function marksOf(actor: Actor, deliveryId: number): Promise<{ at: string; marks: Mark[] }> {
  requireRight(actor, 'rounds:read');
  return readInGarden(actor, async (tx) => {
    const { rows } = await sql<{ at: Date }>`select now() as at`.execute(tx);
    return { at: rows[0]!.at.toISOString(), marks: await findMarks(tx, deliveryId) };
  });
}

/** The photo of a mark of this delivery, or null. */
export function markPhoto(actor: Actor, deliveryId: number, markId: number): Promise<{ content: Uint8Array; type: string } | null> {
  requireRight(actor, 'rounds:read');
  return readInGarden(actor, async (tx) => {
    const { rows } = await sql<{ content: Buffer; type: string }>`
      select p.content, p.content_type as type from stop_photo p
      join stop_mark m on m.garden_id = p.garden_id and m.id = p.mark_id
      where m.id = ${markId} and m.delivery_id = ${deliveryId} and m.withdrawn_at is null`.execute(tx);
    return rows[0] ?? null;
  });
}
