import type { z } from 'zod';
import { done, type Outcome, refuse } from '#kernel/outcome.ts';

/** Milliseconds a provider may take: somebody waits for it. */
const patience = 10_000;

/**
 * Asks a provider. @param said reads from a refusal what it says of itself; of no use to customers, and to staff when they set keys up.
 * @returns what it answered, in the shape given; or why not, in French, as the end of a sentence that begins with its name.
 */
export async function ask<S extends z.ZodType>(
  url: string,
  init: RequestInit,
  schema: S,
  said: (body: unknown) => string | null = () => null,
  milliseconds = patience,
): Promise<Outcome<z.output<S>>> {
  try {
    const response = await fetch(url, { ...init, signal: AbortSignal.timeout(milliseconds), redirect: 'error' });
    const text = await response.text();
    if (response.status === 401 || response.status === 403) return refuse('refuse les clés qui sont dans les réglages');
    const body: unknown = text === '' ? null : JSON.parse(text);
    if (!response.ok) return refuse(`refuse la demande (${[response.status, said(body)?.slice(0, 200)].filter(Boolean).join(' : ')})`);
    const parsed = schema.safeParse(body);
    return parsed.success ? done(parsed.data) : refuse('a donné une réponse que nous ne savons pas lire');
  } catch (error) {
    if (error instanceof SyntaxError) return refuse('a donné une réponse que nous ne savons pas lire');
    return refuse(error instanceof Error && error.name === 'TimeoutError' ? 'ne répond pas assez vite' : 'ne répond pas');
  }
}
