import { enterPrescriber } from '#edge/enter-prescriber.ts';
import { helpOf } from '#edge/help.ts';
import { recordsOf, spacesOf } from '#platform/auth/at-home.ts';

/** The frame of a prescriber's space. */
export const load = async (event) => {
  const { space, base } = await enterPrescriber(event);
  const { person, gardens, networkStaff } = event.locals;
  const [spaces, records] = await Promise.all([spacesOf(person!.id), recordsOf(person!.id)]);
  return {
    home: base,
    garden: { slug: space.slug, name: space.gardenName, accent: space.accent },
    structure: space.prescriberName,
    person: { name: space.personName, email: person!.email },
    places: spaces.map(({ slug, gardenName }) => ({ href: `/prescripteur/${slug}`, name: gardenName, current: slug === space.slug })),
    buys: records.length > 0,
    works: gardens.length > 0 || networkStaff,
    path: event.url.pathname,
    help: helpOf(event.route.id),
  };
};
