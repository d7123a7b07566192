import { sql } from 'kysely';
import { database } from '#platform/db/index.ts';
import { sayDevice } from './device.ts';

export type OpenSession = { id: string; device: string; since: Date; lastUsed: Date; current: boolean };

/** Where a person is signed in, the latest first. */
export async function openSessions(userId: string, currentToken: string | undefined): Promise<OpenSession[]> {
  const { rows } = await sql<{ id: string; token: string; agent: string | null; since: Date; lastUsed: Date }>`
    select id, token, "userAgent" as agent, "createdAt" as since, "updatedAt" as "lastUsed" from auth.session
    where "userId" = ${userId} and "expiresAt" > now() order by "updatedAt" desc`.execute(database());
  return rows.map(({ id, token, agent, since, lastUsed }) => ({
    id,
    device: sayDevice(agent),
    since,
    lastUsed,
    current: token === currentToken,
  }));
}

/** Ends one of her sessions. */
export async function endSession(userId: string, sessionId: string): Promise<void> {
  await sql`delete from auth.session where "userId" = ${userId} and id = ${sessionId}`.execute(database());
}

/** Ends all of her sessions, and with them what else could let somebody in: devices that skip the code, links on their way. */
export async function signOutEverywhere(userId: string): Promise<void> {
  await sql`
    with ended as (delete from auth.session where "userId" = ${userId}),
    untrusted as (delete from auth.verification where value = ${userId})
    delete from auth.verification v using auth."user" u
    where u.id = ${userId} and starts_with(v.value, '{"type":"magic-link"') and strpos(v.value, to_json(u.email)::text) > 0`.execute(
    database(),
  );
}

export type Protection = { hasPassword: boolean; secondFactor: boolean; passkeys: { id: string; name: string; createdAt: Date | null }[] };

/** How her account is protected. */
export async function protectionOf(userId: string): Promise<Protection> {
  const { rows } = await sql<Protection>`
    select coalesce(u."twoFactorEnabled", false) as "secondFactor",
      exists (select from auth.account a where a."userId" = u.id and a."providerId" = 'credential' and a.password is not null) as "hasPassword",
      (select coalesce(jsonb_agg(jsonb_build_object('id', p.id, 'name', coalesce(p.name, 'Clé d’accès'), 'createdAt', p."createdAt") order by p."createdAt"), '[]')
        from auth.passkey p where p."userId" = u.id) as passkeys
    from auth."user" u where u.id = ${userId}`.execute(database());
  return rows[0]!;
}

export async function deletePasskey(userId: string, passkeyId: string): Promise<void> {
  await sql`delete from auth.passkey where "userId" = ${userId} and id = ${passkeyId}`.execute(database());
}
