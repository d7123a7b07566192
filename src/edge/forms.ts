import type { RequestEvent } from '@sveltejs/kit';
import { type ActionFailure, fail } from '@sveltejs/kit';
import { z } from 'zod';
import type { Outcome, Refusal } from '#kernel/outcome.ts';
import { sayIssue } from './messages.ts';

/** What was typed, for `<Field>` to show again. Several choices under one name are an array. */
export type FormValues = Record<string, string | string[]>;

/** What every refused form answers: what was typed, what is wrong field by field, and a sentence for the whole. */
export type FormFailure = { values: FormValues; errors: Record<string, string>; message: string };

export type FormResult<T> = { ok: true; value: T; values: FormValues } | { ok: false; failure: ActionFailure<FormFailure> };

const several = (count: number) =>
  count > 1
    ? `${count} champs sont à revoir : regardez les indications en couleur.`
    : 'Un champ est à revoir : regardez l’indication en couleur.';

/**
 * Reads a sent form and checks it against a schema. A field whose schema is an array takes all its values; a file stays a `File`.
 * @returns the value, or the failure an action returns as it is (status 422), with all that was typed except passwords.
 */
export async function readForm<S extends z.ZodObject>(event: Pick<RequestEvent, 'request'>, schema: S): Promise<FormResult<z.output<S>>> {
  return readGiven(await event.request.formData(), schema);
}

/** The same for what an address asks: a form sent by GET keeps its state there, and works without JavaScript. */
export const readAsked = <S extends z.ZodObject>(params: URLSearchParams, schema: S): FormResult<z.output<S>> => {
  const form = new FormData();
  for (const [name, value] of params) form.append(name, value);
  return readGiven(form, schema);
};

function readGiven<S extends z.ZodObject>(form: FormData, schema: S): FormResult<z.output<S>> {
  const given: Record<string, unknown> = {};
  const values: FormValues = {};
  for (const name of new Set(form.keys())) {
    const all = form.getAll(name);
    const field = schema.shape[name];
    given[name] = field && isArray(field) ? all : all.at(-1);
    const texts = all.filter((value) => typeof value === 'string');
    if (secrets.has(name) || !texts.length) continue;
    values[name] = field && isArray(field) ? texts : texts.at(-1)!;
  }
  const parsed = schema.safeParse(given, { error: sayIssue });
  if (parsed.success) return { ok: true, value: parsed.data, values };
  const errors: Record<string, string> = {};
  for (const issue of parsed.error.issues) errors[String(issue.path[0] ?? '')] ??= issue.message;
  return { ok: false, failure: fail(422, { values, errors, message: errors[''] ?? several(Object.keys(errors).length) }) };
}

/** Turns what a command refused into the same shape as a badly filled form (status 422). */
export function refused(refusal: Refusal, values: FormValues = {}): ActionFailure<FormFailure> {
  return fail(422, { values, errors: refusal.fields ?? {}, message: refusal.reason });
}

/**
 * Most actions: reads the form, does the work, and gives back what to answer when either refuses; null when it is done.
 * What was done, if the page needs it, is kept by the work itself.
 */
export async function readAnd<S extends z.ZodObject>(
  event: Pick<RequestEvent, 'request'>,
  schema: S,
  work: (value: z.output<S>) => Promise<Outcome<unknown>>,
): Promise<ActionFailure<FormFailure> | null> {
  const form = await readForm(event, schema);
  if (!form.ok) return form.failure;
  const outcome = await work(form.value);
  return outcome.ok ? null : refused(outcome, form.values);
}

/** The names under which our pages ask for what must never be sent back: other passwords (a depot's door) are ordinary text. */
const secrets = new Set(['accountPassword', 'newPassword', 'secondFactor']);

function isArray(type: z.core.$ZodType): boolean {
  let inner = type;
  while ('innerType' in inner._zod.def) inner = inner._zod.def.innerType as z.core.$ZodType;
  return inner instanceof z.ZodArray;
}
