import type { RequestEvent } from '@sveltejs/kit';
import { error } from '@sveltejs/kit';
import type { Day } from '#kernel/day.ts';
import type { Prescribing } from '#platform/access/own.ts';
import { type PrescriberSpace, spacesOf } from '#platform/auth/at-home.ts';
import { today } from '#platform/clock.ts';
import { enterAsPerson } from './enter.ts';

export type AtPrescriber = { who: Prescribing; space: PrescriberSpace; base: string; today: Day };

/**
 * First line of every `load` and action under `/prescripteur/[jardin]`: somebody to whom the garden opened a space, by her verified address. Signed out:
 * redirects to the sign-in page. Anybody else, staff of the garden included: 404, as if it did not exist.
 */
export async function enterPrescriber(event: RequestEvent): Promise<AtPrescriber> {
  const person = enterAsPerson(event);
  const { jardin = '' } = event.params as Partial<Record<string, string>>;
  const space = (await spacesOf(person.id)).find(({ slug }) => slug === jardin);
  if (!space) error(404, 'Cette page n’existe pas, ou cet espace n’est pas le vôtre.');
  const { gardenId, personId, prescriberId } = space;
  return { who: { gardenId, userId: person.id, personId, prescriberId }, space, base: `/prescripteur/${space.slug}`, today: today() };
}
