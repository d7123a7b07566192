import { redirect } from '@sveltejs/kit';
import { enterAsPerson } from '#edge/enter.ts';
import { spacesOf } from '#platform/auth/at-home.ts';

/** One space: there at once. Several gardens: to choose. None: her own account. */
export const load = async (event) => {
  const person = enterAsPerson(event);
  const spaces = await spacesOf(person.id);
  if (spaces.length === 0) redirect(303, '/mon-compte');
  if (spaces.length === 1) redirect(303, `/prescripteur/${spaces[0]!.slug}`);
  return {
    person: { name: person.name, email: person.email },
    spaces: spaces.map(({ slug, gardenName, prescriberName }) => ({ href: `/prescripteur/${slug}`, gardenName, prescriberName })),
    path: event.url.pathname,
  };
};
