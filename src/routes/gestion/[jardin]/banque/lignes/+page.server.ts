import { bankFiles, bankLineList } from '#domains/banking/index.server.ts';
import { enter } from '#edge/enter.ts';
import { askedOf, lineFilters } from './asked.ts';

export const load = async (event) => {
  const { actor, garden } = enter(event, 'payments:read');
  const query = askedOf(event.url.searchParams);
  const file = query.filters.fichier;
  const [list, files] = await Promise.all([bankLineList(actor, query), file ? bankFiles(actor) : []]);
  const options = files.filter(({ id }) => String(id) === file).map(({ id, name }) => ({ value: String(id), label: name }));
  return {
    slug: garden.slug,
    base: `/gestion/${garden.slug}/banque`,
    query,
    ...list,
    // Files are chosen from their own list.
    filters: file ? [...lineFilters, { key: 'fichier', label: 'Fichier', all: 'Tous les fichiers', options }] : lineFilters,
  };
};
