import { checkIntegrity } from '#domains/accounting/index.server.ts';
import { enter } from '#edge/enter.ts';

/** Everything is computed anew at each visit. */
export const load = async (event) => {
  const { actor } = enter(event, 'accounting:read');
  return { check: await checkIntegrity(actor) };
};
