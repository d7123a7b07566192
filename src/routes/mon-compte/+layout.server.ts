import { enterAsPerson } from '#edge/enter.ts';
import type { LayoutServerLoadEvent } from './$types';

export const load = (event: LayoutServerLoadEvent) => {
  const { name, email } = enterAsPerson(event);
  return { person: { name, email }, gardens: event.locals.gardens, path: event.url.pathname };
};
