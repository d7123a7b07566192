import { networkSite, toHtml } from '#domains/site/index.server.ts';
import { networkHead } from '#edge/network-head.ts';
import { config } from '#platform/config.ts';

export const load = async () => {
  const { name, texts } = await networkSite();
  return {
    head: networkHead(name, '/mentions-legales', `Qui publie ces pages, et ce que deviennent vos données : ${name}.`, 'Mentions légales'),
    legal: texts.legal ? toHtml(texts.legal) : null,
    addresses: config.geocodingUrl() !== null,
  };
};
