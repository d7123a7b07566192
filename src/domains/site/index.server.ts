/** The door of a garden's public pages. */
export { type Site, siteOf } from './server/site.ts';
