import { error } from '@sveltejs/kit';
import { publicCampaign } from '#domains/giving/index.server.ts';
import { enterSite } from '#edge/enter-site.ts';
import { siteHead } from '#edge/site-head.ts';

/** The thanks, the same for everybody: whoever has the address learns nothing of anybody. `?par=cheque`: something remains to be sent. */
export const load = async (event) => {
  const { site, base, visitor, today } = await enterSite(event, 'giving:read');
  const page = await publicCampaign(visitor, event.params.campagne, today);
  if (!page) error(404, 'Cette collecte n’existe pas, ou n’est plus en ligne.');
  const { title, slug } = page.campaign;
  const way = event.url.searchParams.get('par');
  return {
    head: { ...siteHead(site, `/dons/${slug}/merci`, `Merci pour votre don à ${site.name}.`, { title: 'Merci' }), hidden: true },
    ...{ base, title, slug, way: way === 'cheque' || way === 'transfer' ? way : null },
  };
};
