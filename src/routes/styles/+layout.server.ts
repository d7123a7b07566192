import { error } from '@sveltejs/kit';
import { config } from '#platform/config.ts';
import { dev } from '$app/env';

/** The style pages are for developers, tests and demonstrations: nobody finds them on a garden's server. */
export const load = () => {
  if (!dev && !config.demo()) error(404, 'Cette page n’existe pas.');
};
