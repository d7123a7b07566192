import { error } from '@sveltejs/kit';
import { beginningOf, toHtml } from '#domains/site/index.server.ts';
import { publicWorkshop, shownPhotos } from '#domains/workshops/index.server.ts';
import { canonical, enterSite } from '#edge/enter-site.ts';
import { idIn } from '#edge/id.ts';
import { siteHead } from '#edge/site-head.ts';

export const load = async (event) => {
  const { site, base, visitor, today } = await enterSite(event, 'workshops:read');
  const id = idIn(event.params.atelier);
  const [found, photos] = await Promise.all([publicWorkshop(visitor, id, today), shownPhotos(visitor, id)]);
  if (!found) error(404, 'Cet atelier n’est pas, ou n’est plus, annoncé.');
  const { description, ...workshop } = found;
  const path = `/ateliers/${id}`;
  return {
    head: siteHead(site, path, beginningOf(description) || `Un atelier de ${site.name}.`, { title: workshop.title }),
    data: {
      '@type': 'Event',
      name: workshop.title,
      startDate: `${workshop.day}T${workshop.from}`,
      endDate: `${workshop.day}T${workshop.until}`,
      eventStatus: `https://schema.org/${workshop.cancelled ? 'EventCancelled' : 'EventScheduled'}`,
      location: { '@type': 'Place', name: workshop.place, address: workshop.address || workshop.place },
      organizer: { '@type': 'Organization', name: site.name, url: canonical(site, '') },
    },
    ...{ workshop, photos, html: toHtml(description, { base }), account: `/mon-compte` },
  };
};
