import { publicWorkshops, writeWorkshops } from '#domains/workshops/index.server.ts';
import { canonical, enterSite } from '#edge/enter-site.ts';
import { now } from '#platform/clock.ts';

/** The garden's workshops to come, for calendar programs. */
export const GET = async (event) => {
  const { site, visitor, today } = await enterSite(event, 'workshops:read');
  const text = writeWorkshops(await publicWorkshops(visitor, today), { name: site.name, pages: canonical(site, ''), now: now() });
  return new Response(text, {
    headers: {
      'content-type': 'text/calendar; charset=utf-8',
      'content-disposition': 'inline; filename="ateliers.ics"',
      'cache-control': site.published ? 'public, max-age=900' : 'private, no-store',
    },
  });
};
