import { siteOf } from '#domains/site/index.server.ts';
import { enter } from '#edge/enter.ts';
import { canonical } from '#edge/enter-site.ts';

const blocks = [
  {
    path: 'carte',
    label: 'Carte des points de dépôt',
    height: 980,
    hint: 'La carte, la liste des dépôts avec leurs jours et leurs heures, et la recherche du plus proche.',
  },
  { path: 'offre', label: 'Paniers et prix', height: 520, hint: 'Vos paniers, leurs prix du moment et le bouton pour s’abonner.' },
  {
    path: 'panier',
    label: 'Le panier de la semaine',
    height: 480,
    hint: 'Ce qu’il y a dans les paniers, dès que vous l’avez publié ; avant cela, ce qui est de saison.',
  },
] as const;

export const load = async (event) => {
  const { garden } = enter(event, 'site:read');
  const site = (await siteOf(garden.slug))!;
  return {
    published: site.published,
    geojson: canonical(site, '/depots.geojson'),
    blocks: blocks.map(({ path, label, hint, height }) => ({
      ...{ path, label, hint, height },
      preview: `/jardins/${garden.slug}/integrer/${path}`,
      html: `<iframe src="${canonical(site, `/integrer/${path}`)}" title="${label}" width="100%" height="${height}" loading="lazy" style="border:0"></iframe>`,
    })),
  };
};
