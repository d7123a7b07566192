import { sql } from 'kysely';
import { saySiret } from '#domains/gardens/rules/legal.ts';
import type { Day } from '#kernel/day.ts';
import { type Actor, requireRight } from '#platform/access/actor.ts';
import { readInGarden } from '#platform/db/tenancy.ts';
import { attestation } from '../documents/attestation.ts';

/** The attestation of the till rules for this garden, as a PDF to complete and sign. @param version of the application. */
export function attestationSheet(actor: Actor, { day, version }: { day: Day; version: string }): Promise<Buffer> {
  requireRight(actor, 'accounting:read');
  return readInGarden(actor, async (tx) => {
    const { rows } = await sql<{ name: string; siret: string }>`
      select coalesce(nullif(settings ->> 'legalName', ''), name) as name, coalesce(settings ->> 'siret', '') as siret from garden where id = app_garden()`.execute(
      tx,
    );
    const { name, siret } = rows[0]!;
    return attestation({ garden: name, legal: saySiret(siret), version, day });
  });
}
