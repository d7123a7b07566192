import { publicCampaigns } from '#domains/giving/index.server.ts';
import { enterSite } from '#edge/enter-site.ts';
import { siteHead } from '#edge/site-head.ts';

export const load = async (event) => {
  const { site, base, visitor, today } = await enterSite(event, 'giving:read');
  const campaigns = await publicCampaigns(visitor, today);
  return {
    head: siteHead(site, '/dons', `Donner à ${site.name} : les projets que vos dons font pousser.`, { title: 'Donner' }),
    ...{ base, name: site.name },
    campaigns: campaigns.map(({ slug, title, lead, goalCents, receivedCents, donors, endsOn }) => ({
      slug,
      title,
      lead,
      goalCents,
      receivedCents,
      donors,
      endsOn,
    })),
  };
};
