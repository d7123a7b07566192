import { publicWorkshops } from '#domains/workshops/index.server.ts';
import { enterSite } from '#edge/enter-site.ts';
import { siteHead } from '#edge/site-head.ts';

export const load = async (event) => {
  const { site, visitor, today } = await enterSite(event, 'workshops:read');
  return {
    head: siteHead(site, '/ateliers', `Cuisiner, conserver, jardiner : les ateliers de ${site.name}, ouverts à tous les abonnés.`, {
      title: 'Ateliers',
    }),
    workshops: await publicWorkshops(visitor, today),
  };
};
