import { config } from '#platform/config.ts';

/**
 * What `SiteHead` needs of a page of the network.
 * @param description what it is about, in one sentence or two.
 */
export const networkHead = (name: string, path: string, description: string, title?: string) => ({
  ...{ name, description, title },
  url: `${config.publicUrl()}${path}`,
  image: `${config.publicUrl()}/partage.jpg`,
});

/** The network as schema.org tells it. */
export const networkData = (name: string) => ({ '@type': 'Organization', name, url: `${config.publicUrl()}/` });
