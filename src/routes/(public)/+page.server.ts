import { redirect } from '@sveltejs/kit';
import { networkName } from '#domains/network/index.server.ts';
import { config } from '#platform/config.ts';

export const load = async ({ locals }) => {
  if (locals.person) redirect(303, '/gestion');
  return { network: await networkName(), demo: config.demo() };
};
