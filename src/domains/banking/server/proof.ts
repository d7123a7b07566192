import { sql } from 'kysely';
import { done, type Outcome, type Refusal, refuse } from '#kernel/outcome.ts';
import { type Actor, requireRight } from '#platform/access/actor.ts';
import type { Tx } from '#platform/db/index.ts';
import { inGarden, readInGarden } from '#platform/db/tenancy.ts';
import { imageType } from '#platform/files/image.ts';

/** Evidence of a signature: the scan of the paper, or the words by which the customer agreed online. */
export type Proof = { evidence: 'paper' | 'online'; note: string; scan: Uint8Array | null };

/** Bytes. */
const MOST = 5_000_000;

/** What a scan is by its first bytes, whatever its name; null when it is none of those that are kept. */
const typeOf = (bytes: Uint8Array) => (String.fromCharCode(...bytes.slice(0, 5)) === '%PDF-' ? 'application/pdf' : imageType(bytes));

/** Why this proves nothing, beside its field. A paper may be scanned later; words of consent are needed at once. */
export function whyNotProof({ evidence, note, scan }: Proof): Refusal | null {
  if (scan && scan.length > MOST) return refuse('Ce document est trop lourd.', { scan: 'Plus de 5 Mo : scannez-le en moins fin.' });
  if (scan && !typeOf(scan)) return refuse('Ce document ne peut pas être gardé.', { scan: 'Un PDF, ou une photo JPEG, PNG ou WebP.' });
  if (evidence === 'online' && note.trim() === '')
    return refuse('Il manque l’accord donné en ligne.', {
      evidenceNote: 'Recopiez le message par lequel le client a donné son accord, avec sa date.',
    });
  return null;
}

/** Keeps what there is: proofs add up, none replaces another. */
export async function keepProof(tx: Tx, mandate: number, { evidence, note, scan }: Proof): Promise<void> {
  const content = scan ?? (evidence === 'online' ? new TextEncoder().encode(note) : null);
  if (!content) return;
  await sql`
    insert into mandate_proof (garden_id, mandate_id, content, content_type)
    values (app_garden(), ${mandate}, ${Buffer.from(content)}::bytea, ${scan ? typeOf(scan) : 'text/plain'})`.execute(tx);
}

/** Adds a proof to a mandate: one brought over from an older tool has none. */
export function addProof(actor: Actor, mandate: number, proof: Proof): Promise<Outcome<null>> {
  requireRight(actor, 'payments:change');
  return inGarden(actor, async (tx) => {
    const wrong = whyNotProof(proof);
    if (wrong) return wrong;
    if (proof.evidence === 'paper' && !proof.scan)
      return refuse('Aucun document n’a été choisi.', { scan: 'Choisissez le scan ou la photo du mandat signé.' });
    const { numAffectedRows } = await sql`
      update mandate set evidence = ${proof.evidence}, evidence_note = ${proof.note}, version = version + 1
      where garden_id = app_garden() and id = ${mandate}`.execute(tx);
    if (!numAffectedRows) return refuse('Ce mandat n’existe pas.');
    await keepProof(tx, mandate, proof);
    return done(null);
  });
}

/** One proof, to look at. */
export function mandateProof(actor: Actor, mandate: number, id: number): Promise<{ content: Uint8Array; type: string } | null> {
  requireRight(actor, 'payments:read');
  return readInGarden(actor, async (tx) => {
    const { rows } = await sql<{ content: Buffer; type: string }>`
      select content, content_type as type from mandate_proof where garden_id = app_garden() and mandate_id = ${mandate} and id = ${id}`.execute(
      tx,
    );
    return rows[0] ?? null;
  });
}
