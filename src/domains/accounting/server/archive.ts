import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import type { Day } from '#kernel/day.ts';
import { done, type Outcome, refuse } from '#kernel/outcome.ts';
import { type Actor, requireRight } from '#platform/access/actor.ts';
import { inGarden } from '#platform/db/tenancy.ts';
import type { TillClosing } from '../rules/till.ts';
import { isSealed, ownPublicKey, seal } from './seal.ts';
import { movements, tillClosings, tillHash } from './till.ts';

/**
 * An archive of the till: lines of JSON, which any program of any year reads. The first says what it is; then the closings with their chain, then each payment
 * in detail; the last one is the signature (ed25519, with the public key) of everything above it.
 */
export type ArchiveFile = { name: string; content: Buffer; payments: number; closings: number };
type Heading = {
  archive: 'cocagne-caisse';
  version: 1;
  garden: string;
  siret: string;
  from: Day;
  until: Day;
  before: string;
  made: string;
};
type ClosingLine = { closing: TillClosing & { hash: string } };

/** Makes the signed archive of the closings of some days, and keeps its trace. Days that no closing holds give nothing to archive. */
export function archiveTill(actor: Actor, { from, until, now }: { from: Day; until: Day; now: Date }): Promise<Outcome<ArchiveFile>> {
  requireRight(actor, 'accounting:change');
  return inGarden(actor, async (tx) => {
    const closings = await tillClosings(tx, from, until);
    if (closings.length === 0) return refuse('Aucune clôture de caisse dans cette période : clôturez d’abord la caisse.');
    const { rows: gardens } = await sql<{ slug: string; name: string; siret: string }>`
      select slug, name, coalesce(settings ->> 'siret', '') as siret from garden where id = app_garden()`.execute(tx);
    const { rows: before } = await sql<{ hash: Buffer }>`
      select hash from till_closing where garden_id = app_garden() and id < ${closings[0]!.id} order by id desc limit 1`.execute(tx);
    // The payments that the daily closings of these days took: each belongs to the first closing that covers its day and its number.
    const { rows: payments } = await sql<Record<string, unknown>>`
      select x.payment, x.day, x.kind, x.amount::bigint as amount, x.method, x.journal, x.number, c.number as customer, p.reference, p.bank, p.note, d.number as document,
        p.created_at as "writtenAt", k.until_on as "closedOn"
      from ${movements} x
      join payment p on p.garden_id = app_garden() and p.id = x.payment
      left join customer c on c.garden_id = p.garden_id and c.id = p.customer_id
      left join document d on d.garden_id = p.garden_id and d.id = p.document_id
      cross join lateral (
        select t.until_on from till_closing t
        where t.garden_id = app_garden() and t.kind = 'day' and t.until_on >= x.day and (t.totals -> 'upTo' ->> x.journal)::integer >= x.number
        order by t.until_on limit 1
      ) k
      where k.until_on between ${from} and ${until} order by k.until_on, x.journal, x.number, x.payment`.execute(tx);
    const garden = gardens[0]!;
    const heading: Heading = {
      ...{ archive: 'cocagne-caisse', version: 1, garden: garden.name, siret: garden.siret, from, until },
      ...{ before: (before[0]?.hash ?? Buffer.alloc(32)).toString('hex'), made: now.toISOString() },
    };
    const lines = [
      JSON.stringify(heading),
      ...closings.map(({ id: _, madeAt, hash, ...closing }) =>
        JSON.stringify({ closing: { ...closing, hash: hash.toString('hex') }, madeAt }),
      ),
      ...payments.map((payment) => JSON.stringify({ payment })),
    ];
    const body = Buffer.from(`${lines.join('\n')}\n`);
    const { signature, publicKey } = seal(body);
    const last = { signature: signature.toString('base64'), publicKey: publicKey.toString('base64'), algorithm: 'ed25519' };
    const content = Buffer.concat([body, Buffer.from(`${JSON.stringify(last)}\n`)]);
    await sql`
      insert into till_archive (garden_id, from_on, until_on, payments, digest, public_key, user_id)
      values (app_garden(), ${from}, ${until}, ${payments.length}, ${createHash('sha256').update(content).digest()}, ${publicKey}, ${actor.userId})`.execute(
      tx,
    );
    return done({ name: `caisse-${garden.slug}-${from}-${until}.jsonl`, content, payments: payments.length, closings: closings.length });
  });
}

export type Verified = { garden: string; from: Day; until: Day; closings: number; payments: number; perpetual: number; ours: boolean };

/** Checks an archive by itself: its signature, then the chain of its closings. `ours`: it was signed by this installation. Needs no database. */
export function verifyArchive(content: Buffer): Outcome<Verified> {
  const lines = content.toString('utf8').split('\n');
  const lastAt = lines.findLastIndex((line) => line.trim() !== '');
  try {
    const { signature, publicKey } = JSON.parse(lines[lastAt] ?? '') as { signature: string; publicKey: string };
    const body = Buffer.from(`${lines.slice(0, lastAt).join('\n')}\n`);
    const key = Buffer.from(publicKey, 'base64');
    if (!isSealed(body, { signature: Buffer.from(signature, 'base64'), publicKey: key }))
      return refuse('La signature ne correspond pas : ce fichier a été modifié depuis qu’il a été fait.');
    const heading = JSON.parse(lines[0]!) as Heading;
    const rest = lines.slice(1, lastAt).map((line) => JSON.parse(line) as Partial<ClosingLine> & { payment?: unknown });
    let hash = Buffer.from(heading.before, 'hex');
    let perpetual = 0;
    for (const { closing } of rest) {
      if (!closing) continue;
      hash = tillHash(hash, closing) as Buffer<ArrayBuffer>;
      if (hash.toString('hex') !== closing.hash)
        return refuse(`La clôture du ${closing.until} ne suit pas celle d’avant : la chaîne est rompue.`);
      perpetual = closing.perpetual;
    }
    const { garden, from, until } = heading;
    const closings = rest.filter(({ closing }) => closing).length;
    const payments = rest.filter(({ payment }) => payment).length;
    return done({ garden, from, until, closings, payments, perpetual, ours: key.equals(ownPublicKey()) });
  } catch {
    return refuse('Ce fichier n’est pas une archive de caisse de Cocagne, ou il est incomplet.');
  }
}
