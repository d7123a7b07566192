import { error } from '@sveltejs/kit';

/** The number in an address (`/depots/12`); anything else is a page that does not exist. */
export function idIn(text: string | undefined): number {
  if (!/^[1-9]\d{0,14}$/.test(text ?? '')) error(404, 'Cette page n’existe pas.');
  return Number(text);
}

/** A number asked for in an address (`?depot=12`), or nothing. */
export const idAsked = (text: string | null | undefined): number | undefined =>
  /^[1-9]\d{0,14}$/.test(text ?? '') ? Number(text) : undefined;
