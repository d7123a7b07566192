import { robots } from '#edge/sitemap.ts';
import { config } from '#platform/config.ts';

export const GET = () => robots(`${config.publicUrl()}/sitemap.xml`);
