import { forgottenSoFar } from '#domains/solidarity/index.server.ts';
import { enter } from '#edge/enter.ts';

export const load = async (event) => {
  const { actor, garden } = enter(event, 'solidarity:read');
  return { base: `/gestion/${garden.slug}/solidarite`, forgotten: await forgottenSoFar(actor) };
};
