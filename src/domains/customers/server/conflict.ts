import { fieldLabels, sayField } from '../labels.ts';
import { merge } from '../rules/merge.ts';
import { type CustomerValues, valuesOf } from '../schema.ts';
import type { CustomerChange } from './commands.ts';
import type { Customer } from './store.ts';

/** Somebody else changed the record meanwhile: what to show so that nothing is lost. */
export type Conflict = {
  ok: false;
  conflict: true;
  reason: string;
  /** To send with the next try. */
  version: number;
  base: CustomerValues;
  /** Mine, with what only the other one changed. */
  values: CustomerValues;
  /** Where both changed: the other's value, in a sentence. */
  fields: Partial<Record<keyof CustomerValues, string>>;
};

const list = (fields: (keyof CustomerValues)[]) => fields.map((field) => fieldLabels[field].toLowerCase()).join(', ');

/** @param last who changed the record last; nobody means an import or the command line. */
export function conflictOf(stored: Customer, change: CustomerChange, last: { person: string | null } | null): Conflict {
  const theirs = valuesOf(stored);
  const { merged, conflicts, taken } = merge(change.base ?? {}, change.values, theirs);
  const who = last?.person ?? 'un import';
  const sentences = [
    `Cette fiche a été modifiée entre-temps par ${who}.`,
    taken.length ? `Déjà repris ci-dessous : ${list(taken)}.` : '',
    conflicts.length ? `À choisir : ${list(conflicts)}.` : '',
    'Rien de ce que vous avez écrit n’est perdu : vérifiez, puis enregistrez à nouveau.',
  ];
  return {
    ok: false,
    conflict: true,
    reason: sentences.filter(Boolean).join(' '),
    version: stored.version,
    base: theirs,
    values: merged,
    fields: Object.fromEntries(
      conflicts.map((field) => [
        field,
        `Enregistré par ${who} : ${sayField(field, theirs[field])}. Gardez votre réponse, ou reprenez la sienne.`,
      ]),
    ),
  };
}
