import { enter } from '#edge/enter.ts';
import { helpOf } from '#edge/help.ts';

/** What the frame of every page of a garden shows. `rights` is for navigation only: each page asks for its own right again. */
export const load = (event) => {
  const { actor, garden } = enter(event);
  const { person, gardens } = event.locals;
  return {
    garden: { slug: garden.slug, name: garden.name, accent: garden.accent },
    person: { name: person!.name, email: person!.email },
    gardens,
    rights: [...actor.rights],
    path: event.url.pathname,
    help: helpOf(event.route.id),
  };
};
