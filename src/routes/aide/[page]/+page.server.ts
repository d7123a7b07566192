import { error } from '@sveltejs/kit';
import { pages } from '../pages.ts';

export const load = ({ params }) => {
  const at = pages.findIndex(({ slug }) => slug === params.page);
  const page = pages[at];
  if (!page) error(404, 'Cette page n’est pas dans le manuel.');
  const beside = (next: (typeof pages)[number] | undefined) => (next ? { slug: next.slug, title: next.title } : null);
  return { page, before: beside(pages[at - 1]), after: beside(pages[at + 1]) };
};
