/** What a form action hands back when it refuses (see src/edge): what was typed, what to mend, and why. */
export type FormFailure = {
  values?: Record<string, unknown>;
  errors?: Record<string, string | undefined>;
  message?: string;
};

export type Option = { value: string | number; label: string; hint?: string; disabled?: boolean };

/** Id of the control of a field; `form` tells apart two forms of one page. */
export const fieldId = (name: string, form?: string): string => `champ-${form ? `${form}-` : ''}${name}`;

/** What the field shows: what was typed when the form came back, else the given value. Nothing becomes an empty text. */
export function shownValue(name: string, value: unknown, failure: FormFailure | null | undefined): string {
  const typed = failure?.values && name in failure.values ? failure.values[name] : value;
  return typed === null || typed === undefined ? '' : String(typed);
}

/** The ticked options of a group: what was typed when the form came back, else the given ones. */
export function shownChoices(name: string, value: unknown, failure: FormFailure | null | undefined): Set<string> {
  // An unticked group sends nothing: once the form came back, silence means « none ».
  const typed = failure?.values ? failure.values[name] : value;
  const list = Array.isArray(typed) ? typed : typed === null || typed === undefined || typed === '' ? [] : [typed];
  return new Set(list.map(String));
}

/** A single box: ticked when its value is true, « on », « oui », « 1 » or « true ». */
export function isTicked(name: string, value: unknown, failure: FormFailure | null | undefined): boolean {
  const typed = failure?.values ? failure.values[name] : value;
  return typed === true || ['on', 'oui', '1', 'true'].includes(String(typed ?? ''));
}
