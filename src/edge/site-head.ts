import type { Site } from '#domains/site/index.server.ts';
import type { Shelf } from '#domains/site/rules/offer.ts';
import { canonical } from './enter-site.ts';

/**
 * What `SiteHead` needs of a page.
 * @param path of the page within the garden's pages; @param description what it is about, in one sentence or two.
 */
export const siteHead = (site: Site, path: string, description: string, { title, image }: { title?: string; image?: string } = {}) => ({
  ...{ name: site.name, url: canonical(site, path), description, title },
  image: canonical(site, image ?? '/partage.jpg'),
  hidden: !site.published,
});

/** The garden as schema.org tells it: a shop for neighbours, with its address and telephone. */
export const gardenData = (site: Site) => ({
  '@type': 'LocalBusiness',
  '@id': `${canonical(site, '')}#jardin`,
  name: site.name,
  url: canonical(site, ''),
  image: canonical(site, '/partage.jpg'),
  ...(site.phone && { telephone: site.phone }),
  ...(site.email && { email: site.email }),
  ...((site.address || site.city) && {
    address: {
      '@type': 'PostalAddress',
      streetAddress: site.address,
      postalCode: site.postcode,
      addressLocality: site.city,
      addressCountry: 'FR',
    },
  }),
  sameAs: [site.facebook, site.instagram].filter(Boolean),
});

/** What the garden sells, as schema.org tells it. */
export const offerData = (site: Site, shelves: readonly Shelf[]) =>
  shelves.map(({ productId, name, description, fromCents }) => ({
    '@type': 'Product',
    '@id': `${canonical(site, '/paniers')}#panier-${productId}`,
    name,
    ...(description && { description }),
    brand: { '@type': 'Brand', name: site.name },
    offers: {
      '@type': 'AggregateOffer',
      priceCurrency: 'EUR',
      lowPrice: (fromCents / 100).toFixed(2),
      availability: 'https://schema.org/InStock',
      url: canonical(site, '/paniers'),
    },
  }));
