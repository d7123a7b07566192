import { pages } from './pages.ts';

/** The contents, on every page of the handbook. Readable by everyone: the handbook holds no data. */
export const load = ({ locals }) => ({
  contents: pages.map(({ slug, title, lead }) => ({ slug, title, lead })),
  signedIn: locals.person !== null,
});
