import { imageOf } from '#domains/site/rules/photos.ts';
import { enterSite } from '#edge/enter-site.ts';
import { config } from '#platform/config.ts';

/** What the frame of a garden's public pages shows. */
export const load = async (event) => {
  const { site, base, preview } = await enterSite(event);
  const { slug, name, accent, address, postcode, city, phone, email, facebook, instagram, news, recipes, workshops, campaigns, texts } =
    site;
  const logo = site.photos.find(({ place }) => place === 'logo');
  // On the garden's own host, what belongs to the platform is elsewhere.
  const platform = base === '' ? config.publicUrl() : '';
  return {
    site: {
      ...{ slug, name, accent, address, postcode, city, phone, email, facebook, instagram, news, recipes, workshops, campaigns },
      ...{ base, platform, preview, opening: texts.opening, tagline: texts.tagline },
      logo: logo ? imageOf(base, logo, '9rem') : null,
    },
  };
};
