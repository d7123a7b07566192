import { createHash, randomBytes } from 'node:crypto';
import { hashPassword } from 'better-auth/crypto';
import { sql } from 'kysely';
import { done, type Outcome, refuse } from '#kernel/outcome.ts';
import { type Db, database } from '#platform/db/index.ts';
import { sendPasswordLink } from './mails.ts';

export type NewUser = { name: string; email: string; password?: string; passwordHash?: string };

/** Addresses are compared in small letters, as better-auth does. */
const plainEmail = (email: string) => email.trim().toLowerCase();

const newId = () => randomBytes(24).toString('base64url');

/** The stored form of a password, to be given to `createUser` for many demonstration accounts at once (hashing one takes about 50 ms). */
export const hashOf = (password: string): Promise<string> => hashPassword(password);

/**
 * Makes an account, in the transaction given. There is no public sign-up: whoever calls this answers for the address, so it counts as
 * verified. Without password nor hash, the person enters by a link sent to her.
 * @returns the account's id; refused when the address has an account already.
 */
export async function createUser(user: NewUser, db: Db = database()): Promise<Outcome<string>> {
  const id = newId();
  const email = plainEmail(user.email);
  const hash = user.passwordHash ?? (user.password ? await hashPassword(user.password) : null);
  const { rows } = await sql`
    with person as (
      insert into auth."user" (id, name, email, "emailVerified") values (${id}, ${user.name.trim()}, ${email}, true)
      on conflict (email) do nothing returning id
    ), credential as (
      insert into auth.account (id, "accountId", "providerId", "userId", password)
      select ${newId()}, id, 'credential', id, ${hash} from person where ${hash}::text is not null
    )
    select id from person`.execute(db);
  return rows.length ? done(id) : refuse('Cette adresse e-mail a déjà un compte.', { email: 'Cette adresse e-mail a déjà un compte.' });
}

/** The account of an address, for invitations and the worker; null when there is none. */
export async function accountOf(email: string, db: Db = database()): Promise<{ id: string; name: string; secondFactor: boolean } | null> {
  const { rows } = await sql<{ id: string; name: string; secondFactor: boolean }>`
    select id, name, coalesce("twoFactorEnabled", false) as "secondFactor" from auth."user" where email = ${plainEmail(email)}`.execute(db);
  return rows[0] ?? null;
}

const INVITATION_SECONDS = 7 * 24 * 3600;
const PASSWORD_LINK_SECONDS = 3600;

/**
 * A single-use token to choose a password, read by better-auth (`/reset-password`). Kept as a digest. For an address without account the
 * same statement runs and keeps nothing.
 */
async function passwordToken(db: Db, email: string, seconds: number): Promise<string> {
  const token = randomBytes(24).toString('base64url');
  const identifier = createHash('sha256').update(`reset-password:${token}`).digest('base64url');
  await sql`
    insert into auth.verification (id, identifier, value, "expiresAt")
    select ${newId()}, ${identifier}, id, now() + make_interval(secs => ${seconds}) from auth."user" where email = ${plainEmail(email)}`.execute(
    db,
  );
  return token;
}

/** For an invitation: seven days. */
export const invitationToken = (db: Db, email: string): Promise<string> => passwordToken(db, email, INVITATION_SECONDS);

/** « Mot de passe oublié » : does the same for every address, so that its answer tells nothing of who has an account. */
export async function requestPasswordLink(email: string, db: Db = database()): Promise<void> {
  await db
    .transaction()
    .execute(async (tx) => sendPasswordLink(tx, plainEmail(email), await passwordToken(tx, email, PASSWORD_LINK_SECONDS)));
}

/** Gives an account another password, from the command line; open sessions go on until `signOutEverywhere`. */
export async function setPassword(userId: string, password: string, db: Db = database()): Promise<void> {
  const hash = await hashPassword(password);
  await sql`
    with changed as (
      update auth.account set password = ${hash}, "updatedAt" = now() where "userId" = ${userId} and "providerId" = 'credential' returning id
    )
    insert into auth.account (id, "accountId", "providerId", "userId", password)
    select ${newId()}, ${userId}, 'credential', ${userId}, ${hash} where not exists (select from changed)`.execute(db);
}
