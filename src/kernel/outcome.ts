/** What a use case answers: the value, or why not, in French, with the fields to mend when there are some. Bugs are thrown instead. */
export type Outcome<T> = { ok: true; value: T } | Refusal;

export type Refusal = { ok: false; reason: string; fields?: Record<string, string> };

export const done = <T>(value: T): Outcome<T> => ({ ok: true, value });

export const refuse = (reason: string, fields?: Record<string, string>): Refusal =>
  fields ? { ok: false, reason, fields } : { ok: false, reason };
