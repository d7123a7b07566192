import { createHash } from 'node:crypto';
import { type GardenSettings, readSettings } from '#domains/gardens/index.server.ts';
import type { Day } from '#kernel/day.ts';
import type { Tx } from '#platform/db/index.ts';
import type { Letterhead } from '../documents/model.ts';
import { mentionsOn } from '../rules/mentions.ts';

type Garden = { name: string; address: string; postcode: string; city: string; phone: string; email: string; accent: string | null };

/** What documents of that day say of a garden. */
export function letterheadOf(garden: Garden, settings: GardenSettings, day: Day): Letterhead {
  const { address, postcode, city, phone, email } = garden;
  const { legalName, legalForm, siret, rna, vatNumber, vatLiable, invoiceFooter: footer } = settings;
  return {
    ...{ name: legalName || garden.name, legalForm, address, postcode, city, phone, email },
    ...{ siret, rna, vatNumber: vatLiable ? vatNumber : '', accent: garden.accent ?? '', footer, mentions: mentionsOn(day, settings) },
  };
}

/** The garden's record as letterheads need it, with its settings. */
export async function issuer(tx: Tx, gardenId: number) {
  const { settings, ...garden } = await tx
    .selectFrom('garden')
    .select(['name', 'address', 'postcode', 'city', 'phone', 'email', 'accent', 'settings'])
    .where('id', '=', gardenId)
    .executeTakeFirstOrThrow();
  return { garden, settings: readSettings(settings) };
}

/** Where the letterhead of documents of each day is kept; a new one is kept when the garden, or the law, has changed since the last. */
export async function letterheadIds(
  tx: Tx,
  gardenId: number,
  { garden, settings }: Awaited<ReturnType<typeof issuer>>,
  days: Iterable<Day>,
): Promise<Map<Day, number>> {
  const byDay = new Map([...new Set(days)].map((day) => [day, JSON.stringify(letterheadOf(garden, settings, day))]));
  const ids = new Map<string, number>();
  for (const content of new Set(byDay.values())) ids.set(content, await keptLetterhead(tx, gardenId, content));
  return new Map([...byDay].map(([day, content]) => [day, ids.get(content)!]));
}

async function keptLetterhead(tx: Tx, gardenId: number, content: string): Promise<number> {
  const digest = createHash('sha256').update(content).digest();
  const find = () => tx.selectFrom('letterhead').select('id').where('digest', '=', digest).executeTakeFirst();
  const kept = await find();
  if (kept) return kept.id;
  const made = await tx
    .insertInto('letterhead')
    .values({ garden_id: gardenId, content, digest })
    .onConflict((conflict) => conflict.columns(['garden_id', 'digest']).doNothing())
    .returning('id')
    .executeTakeFirst();
  // Another transaction kept the same one at this moment: it is there to be read.
  return made?.id ?? (await find())!.id;
}
