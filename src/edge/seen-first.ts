import type { ActionFailure } from '@sveltejs/kit';
import type { Outcome } from '#kernel/outcome.ts';
import { type FormFailure, type FormValues, refused } from './forms.ts';

/** A form that came back confirmed, or not yet. */
type Sent = { value: { confirmed?: 'oui' }; values: FormValues };

/**
 * What gives people baskets is seen before it is done: a form sent once answers what it would give, sent again with `confirmed` it is done. What
 * gives nobody a basket needs no second look.
 * @param save previews or applies, from the same typed values.
 * @returns what the action answers (a refusal, or the preview with what was typed), or what was done.
 */
export async function seenFirst<T extends { baskets: number }>(
  { value: { confirmed }, values }: Sent,
  save: (mode: 'preview' | 'apply') => Promise<Outcome<T>>,
): Promise<{ answer: ActionFailure<FormFailure> | { values: FormValues; preview: T } } | { done: T }> {
  if (!confirmed) {
    const told = await save('preview');
    if (!told.ok) return { answer: refused(told, values) };
    if (told.value.baskets) return { answer: { values, preview: told.value } };
  }
  const made = await save('apply');
  return made.ok ? { done: made.value } : { answer: refused(made, values) };
}
