import { toHtml } from '#domains/site/index.server.ts';
import { enterSite } from '#edge/enter-site.ts';
import { siteHead } from '#edge/site-head.ts';
import { config } from '#platform/config.ts';

export const load = async (event) => {
  const { site, base } = await enterSite(event);
  const { legalName, legalForm, siret, rna, vatNumber } = site.settings;
  const { name, address, postcode, city, phone, email } = site;
  return {
    head: siteHead(site, '/mentions-legales', `Mentions légales et données personnelles de ${name}.`, { title: 'Mentions légales' }),
    garden: { ...{ name, address, postcode, city, phone, email }, legalName: legalName || name, ...{ legalForm, siret, rna, vatNumber } },
    own: site.texts.legal && toHtml(site.texts.legal, { base }),
    platform: config.publicUrl(),
  };
};
