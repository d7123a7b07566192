import { networkName } from '#domains/network/index.server.ts';
import { figuresOfGardens } from '#domains/solidarity/index.server.ts';
import { enterNetwork } from '#edge/enter.ts';
import { today } from '#platform/clock.ts';
import type { PageServerLoadEvent } from './$types';
import { yearAsked } from './asked.ts';

export const load = async (event: PageServerLoadEvent) => {
  const { id, name, email } = enterNetwork(event);
  const year = yearAsked(event.url.searchParams, today());
  return {
    network: await networkName(),
    person: { name, email },
    path: event.url.pathname,
    own: event.locals.gardens,
    year,
    rows: await figuresOfGardens({ userId: id, networkStaff: event.locals.networkStaff }, year),
  };
};
