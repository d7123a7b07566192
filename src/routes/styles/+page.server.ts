import { readQuery } from '#ui/table.ts';
import { filters } from './list.ts';
import { customers } from './sample.ts';

/** The invented list, searched and cut like a real one, so that its links work. */
export const load = ({ url }) => {
  const query = readQuery(url.searchParams, { sorts: ['name', 'number', 'town', 'balance'], filters, perPage: 25 });
  const wanted = query.search.toLowerCase();
  const { statut, commune } = query.filters;
  const found = customers(260).filter(
    (one) => one.name.toLowerCase().includes(wanted) && (!statut || one.state === statut) && (!commune || one.town === commune),
  );
  const key = query.sort as 'name' | 'number' | 'town' | 'balance';
  const way = query.direction === 'asc' ? 1 : -1;
  found.sort((a, b) => way * (typeof a[key] === 'number' ? a[key] - (b[key] as number) : a[key].localeCompare(b[key] as string, 'fr')));
  const start = (query.page - 1) * query.perPage;
  return { query, total: found.length, rows: found.slice(start, start + query.perPage), place: url.searchParams.get('jardin') };
};

export const actions = {
  default: async ({ request }: { request: Request }) => {
    const values = Object.fromEntries(await request.formData());
    return { values, errors: {}, message: 'Ceci n’est qu’une page d’exemple : rien n’a été enregistré.' };
  },
};
