import { z } from 'zod';
import { done, type Outcome, refuse } from '#kernel/outcome.ts';
import { fields, missingFields } from './rules/fields.ts';
import { kinds } from './rules/model.ts';
import type { Remembered } from './rules/recognise.ts';

/** A column left empty in the form is a field the file does not hold. */
const sent = z.object({
  kind: z.enum(kinds, 'Choisissez ce que contient ce fichier.'),
  mapping: z.record(z.string().max(40), z.string().max(300)),
});

/**
 * What the form of columns sent, `{ kind, mapping: { fieldKey: header or '' } }`, checked against the columns of the file.
 * A refusal names each field to mend by its key.
 */
export function parseMapping(headers: string[], input: unknown): Outcome<Remembered> {
  const parsed = sent.safeParse(input);
  if (!parsed.success) return refuse('Choisissez ce que contient ce fichier et ses colonnes.', { kind: parsed.error.issues[0]!.message });
  const { kind } = parsed.data;
  const mapping: Record<string, string> = {};
  const faults: Record<string, string> = {};
  const owners = new Map<string, string>();
  for (const { key, label } of fields[kind]) {
    const header = parsed.data.mapping[key];
    if (!header) continue;
    const owner = owners.get(header);
    if (!headers.includes(header)) faults[key] = `Ce fichier n’a pas de colonne « ${header} ».`;
    else if (owner) faults[key] = `La colonne « ${header} » sert déjà pour « ${owner} ».`;
    owners.set(header, label);
    mapping[key] = header;
  }
  for (const { key, label } of missingFields(kind, mapping)) faults[key] = `Choisissez la colonne qui contient « ${label} ».`;
  if (Object.keys(faults).length > 0) return refuse('Certaines colonnes sont à revoir.', faults);
  return done({ kind, mapping });
}
