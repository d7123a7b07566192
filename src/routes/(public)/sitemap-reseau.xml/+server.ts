import { sitemap } from '#edge/sitemap.ts';
import { config } from '#platform/config.ts';

/** The network's own pages, for search engines. */
export const GET = () => sitemap(['/', '/jardins', '/mentions-legales'].map((path) => `${config.publicUrl()}${path}`));
