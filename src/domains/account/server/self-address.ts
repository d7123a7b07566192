import { createHash, randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import { notify } from '#domains/messages/index.server.ts';
import { addDays, type Day, sayDay } from '#kernel/day.ts';
import { done, type Outcome, refuse } from '#kernel/outcome.ts';
import { type Own, requireOwn, visitorOf } from '#platform/access/own.ts';
import { allowTry } from '#platform/auth/limits.ts';
import { moveSignIn } from '#platform/auth/move.ts';
import { config } from '#platform/config.ts';
import { inGarden, readInGarden } from '#platform/db/tenancy.ts';

/** A letter waits this long for its answer, in days. */
const DAYS = 2;
const digestOf = (secret: string) => createHash('sha256').update(secret).digest();

/**
 * A customer asks for another e-mail address: a letter goes there, whose link confirms it. Until then nothing changes. Asked again, the letter before no longer
 * serves. Five letters an hour at most.
 */
export async function askAddress(own: Own, email: string, today: Day): Promise<Outcome<null>> {
  const actor = requireOwn(own);
  if (!(await allowTry('address-change', `${own.gardenId}-${own.customerId}`, 5, 3600)))
    return refuse('Vous avez demandé plusieurs lettres coup sur coup : attendez une heure.', { email: 'Réessayez dans une heure.' });
  return inGarden(actor, async (tx) => {
    const { rows } = await sql<{ email: string }>`
      select email from customer where garden_id = app_garden() and id = ${own.customerId} for update`.execute(tx);
    if (!rows[0]) return refuse('Ce compte n’existe plus.');
    if (rows[0].email.toLowerCase() === email.toLowerCase())
      return refuse('C’est déjà votre adresse.', { email: 'C’est déjà votre adresse.' });
    const secret = randomBytes(24).toString('base64url');
    await sql`
      update address_change set withdrawn_at = now(), version = version + 1
      where garden_id = app_garden() and customer_id = ${own.customerId} and confirmed_at is null and withdrawn_at is null`.execute(tx);
    const made = await sql<{ id: number }>`
      insert into address_change (garden_id, customer_id, email, digest, user_id, expires_at)
      values (${actor.gardenId}, ${own.customerId}, ${email}, ${digestOf(secret)}::bytea, ${own.userId}, now() + make_interval(days => ${DAYS}))
      returning id`.execute(tx);
    const token = `${actor.gardenId}.${made.rows[0]!.id}.${secret}`;
    await notify(tx, actor.gardenId, [
      {
        event: 'email_change',
        customerId: own.customerId,
        to: email,
        variables: { lien: `${config.publicUrl()}/mon-compte/adresse?jeton=${token}`, jusquau: sayDay(addDays(today, DAYS)) },
      },
    ]);
    return done(null);
  });
}

/** She changes her mind: the letter no longer serves. */
export function withdrawAddress(own: Own): Promise<Outcome<null>> {
  const actor = requireOwn(own);
  return inGarden(actor, async (tx) => {
    await sql`
      update address_change set withdrawn_at = now(), version = version + 1
      where garden_id = app_garden() and customer_id = ${own.customerId} and confirmed_at is null and withdrawn_at is null`.execute(tx);
    return done(null);
  });
}

export type AddressAsked = {
  gardenId: number;
  id: number;
  email: string;
  garden: string;
  slug: string;
  customerId: number;
  confirmed: boolean;
};

/** What a letter's link asks to confirm; null when it does not exist, is too old, or was replaced by another. One query. */
export function addressAsked(token: string): Promise<AddressAsked | null> {
  const read = /^([1-9]\d{0,8})\.([1-9]\d{0,14})\.([\w-]{32})$/.exec(token);
  if (!read) return Promise.resolve(null);
  const [gardenId, id, secret] = [Number(read[1]), Number(read[2]), read[3]!];
  return readInGarden(visitorOf(gardenId), async (tx) => {
    const { rows } = await sql<AddressAsked>`
      select a.garden_id as "gardenId", a.id, a.email, g.name as garden, g.slug, a.customer_id as "customerId", a.confirmed_at is not null as confirmed
      from address_change a join garden g on g.id = a.garden_id
      where a.garden_id = app_garden() and a.id = ${id} and a.digest = ${digestOf(secret)}::bytea and a.withdrawn_at is null and a.expires_at > now()`.execute(
      tx,
    );
    return rows[0] ?? null;
  });
}

/** « c…@exemple.fr » */
const hidden = (email: string) => email.replace(/^(.).*(@.*)$/, '$1…$2');

/**
 * Whoever opened the letter confirms the address: the record takes it, and so does the sign-in that asked, when it opens nothing else. The address before is told.
 * Twice, it acts once. @returns the address, and where her space is.
 */
export async function confirmAddress(token: string): Promise<Outcome<{ email: string; home: string }>> {
  const asked = await addressAsked(token);
  if (!asked) return refuse('Ce lien ne sert plus. Demandez-en un autre depuis « Mon compte ».');
  const { gardenId, id, email, customerId } = asked;
  const confirmed = done({ email, home: `/mon-compte/${asked.slug}/${customerId}` });
  return inGarden(visitorOf(gardenId), async (tx) => {
    const { rows } = await sql<{ before: string; userId: string | null }>`
      with done as (
        update address_change set confirmed_at = now(), version = version + 1
        where garden_id = app_garden() and id = ${id} and confirmed_at is null and withdrawn_at is null returning user_id
      )
      select c.email as before, d.user_id as "userId" from done d, customer c
      where c.garden_id = app_garden() and c.id = ${customerId} for update of c`.execute(tx);
    if (!rows[0]) return confirmed;
    const { before, userId } = rows[0];
    // Told first: once it is done, the address before is nowhere any more.
    if (before) await notify(tx, gardenId, [{ event: 'email_changed', customerId, to: before, variables: { adresse: hidden(email) } }]);
    if (userId) await moveSignIn(tx, { userId, from: before, to: email });
    await sql`update customer set email = ${email}, version = version + 1 where garden_id = app_garden() and id = ${customerId}`.execute(
      tx,
    );
    return confirmed;
  });
}
