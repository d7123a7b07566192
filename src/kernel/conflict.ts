import { type Refusal, refuse } from './outcome.ts';

/** The fields in which a record and what was typed for it differ. */
export const differingFields = <T extends object>(stored: T, typed: T): (keyof T & string)[] =>
  (Object.keys(typed) as (keyof T & string)[]).filter((field) => stored[field] !== typed[field]);

/**
 * Somebody else changed a record while a form was being filled: nothing is written, what was typed stays, and beside each field that differs
 * stands what the record says now. @param what « Cette tournée ». @param say a field's value as people read it; '' when it is empty.
 */
export function changedMeanwhile<T extends object>(what: string, stored: T, typed: T, say: (field: keyof T & string) => string): Refusal {
  const fields = differingFields(stored, typed).map((field) => {
    const value = say(field);
    return [field, value === '' ? 'Maintenant effacé par quelqu’un d’autre.' : `Maintenant enregistré : « ${value} ».`];
  });
  return refuse(
    `${what} vient d’être modifié${what.startsWith('Cette') ? 'e' : ''} par quelqu’un d’autre. Votre saisie est gardée : comparez-la avec ce qui est écrit sous les champs, puis enregistrez à nouveau.`,
    Object.fromEntries(fields),
  );
}
