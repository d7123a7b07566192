import type { RequestEvent } from '@sveltejs/kit';
import { error } from '@sveltejs/kit';
import { type Site, siteOf } from '#domains/site/index.server.ts';
import { publicAddress, siteBase } from '#domains/site/rules/address.ts';
import type { Day } from '#kernel/day.ts';
import type { Actor } from '#platform/access/actor.ts';
import { visitorOf } from '#platform/access/own.ts';
import type { Right } from '#platform/access/rights.ts';
import { today } from '#platform/clock.ts';
import { config } from '#platform/config.ts';

type Found = { site: Site; base: string; preview: boolean };
export type AtSite = Found & { visitor: Actor; today: Day };

// The frame and the page of one request ask for the same garden.
const asked = new WeakMap<Request, Promise<Found>>();

/**
 * First line of every `load`, action and endpoint under `/jardins/[site]`: the garden whose pages these are, the same for everybody.
 * No such garden, or pages that are not published yet to whoever does not work there: 404.
 * @param rights lent to the visitor, for the doors of other domains: what these pages show to everybody, and no more.
 * @returns `base`: what goes before the paths of links ('' on the garden's own host); `preview`: only the team sees these pages.
 */
export async function enterSite(event: RequestEvent, ...rights: Right[]): Promise<AtSite> {
  let found = asked.get(event.request);
  if (!found) {
    found = find(event);
    asked.set(event.request, found);
  }
  const at = await found;
  return { ...at, visitor: visitorOf(at.site.gardenId, ...rights), today: today() };
}

async function find(event: RequestEvent): Promise<Found> {
  const slug = (event.params as Partial<Record<string, string>>).site ?? '';
  const site = await siteOf(slug);
  const atWork = event.locals.gardens.some((garden) => garden.slug === slug);
  if (!site || !(site.published || atWork)) error(404, 'Cette page n’existe pas, ou ce jardin n’a pas encore ouvert ses pages.');
  return { site, base: siteBase(slug, event.url.pathname), preview: !site.published };
}

/** The one address of a page for search engines. @param path within the garden's pages. */
export const canonical = (site: Site, path: string): string => publicAddress(site, path, config.publicUrl());
