import { beginningOf, mapGardens, networkSite, toHtml } from '#domains/site/index.server.ts';
import { networkData, networkHead } from '#edge/network-head.ts';

export const load = async () => {
  const [site, gardens] = await Promise.all([networkSite(), mapGardens()]);
  const { texts } = site;
  return {
    head: networkHead(site.name, '/', beginningOf(texts.lead)),
    described: networkData(site.name),
    texts: { title: texts.title, lead: texts.lead, project: toHtml(texts.project, { first: 3 }), how: toHtml(texts.how, { first: 3 }) },
    gardens: gardens.map(({ slug, name, city, postcode, tagline, latitude, longitude, places }) => ({
      ...{ slug, name, city, postcode, tagline, latitude, longitude, places },
    })),
    places: gardens.reduce((sum, { places }) => sum + places, 0),
  };
};
