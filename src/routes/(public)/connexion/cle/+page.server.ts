import { redirect } from '@sveltejs/kit';
import { safeReturn } from '#edge/enter.ts';

export const load = ({ locals, url }) => {
  const next = safeReturn(url.searchParams.get('suite'));
  if (locals.person) redirect(303, next);
  return { next };
};
