import { pathToFileURL } from 'node:url';
import type { APIRequestContext } from '@playwright/test';
import { garden } from './sign-in.ts';

export type Entrance = { method: 'GET' | 'POST'; route: string; action: string | null; page: boolean };

type Manifest = {
  routes: { id: string; page: { leaf: number } | null; endpoint: (() => Promise<Record<string, unknown>>) | null }[];
  nodes: (() => Promise<{ server?: { actions?: Record<string, unknown> } }>)[];
};

/** Every way into the built application: its pages, their actions and its endpoints, as SvelteKit itself lists them. */
export async function entrances(): Promise<Entrance[]> {
  const built = pathToFileURL(new URL('../../build/server/manifest-full.js', import.meta.url).pathname).href;
  const { manifest } = (await import(built)) as { manifest: Manifest };
  const found: Entrance[] = [];
  for (const { id, page, endpoint } of manifest.routes) {
    if (page) {
      found.push({ method: 'GET', route: id, action: null, page: true });
      const { server } = await manifest.nodes[page.leaf]!();
      for (const action of Object.keys(server?.actions ?? {})) found.push({ method: 'POST', route: id, action, page: true });
    }
    for (const method of Object.keys((await endpoint?.()) ?? {}))
      if (method === 'GET' || method === 'POST') found.push({ method, route: id, action: null, page: false });
  }
  return found.sort((a, b) => name(a).localeCompare(name(b)));
}

/** The address of a route, without the groups that only sort files. */
export const bare = (route: string): string => route.replace(/\/\([^)]+\)/g, '') || '/';

export const name = ({ method, route, action }: Omit<Entrance, 'page'>): string =>
  `${method} ${bare(route)}${action && action !== 'default' ? `?/${action}` : ''}`;

/** `/clients/12/modifier` and `/clients/7/modifier` are pages of one kind. */
const shapeOf = (path: string) => path.replace(/\/[\d-]+(?=\/|$)/g, '/*');

/** What stands for a parameter when no link shows one. */
const examples: Record<string, string> = { jardin: garden, table: 'customer' };
const fill = (path: string) => path.replace(/\[(?:\.{3})?([^\]]+)\]/g, (_, parameter: string) => examples[parameter] ?? '1');

/** Fills the parameters of routes with things that exist, found by following the links that somebody sees. */
export async function addresses(request: APIRequestContext, routes: string[]): Promise<Map<string, string>> {
  const pages = new Map([garden, 'aide'].map((start) => [start, start === garden ? `/gestion/${garden}` : `/${start}`]));
  // Others of a shape that was seen already: some show what the first does not (a day without baskets has nothing to share).
  const others = new Map<string, string[]>();
  const follow = async (page: string) => {
    const answer = await request.get(page);
    if (!answer.headers()['content-type']?.startsWith('text/html')) return;
    for (const match of (await answer.text()).matchAll(/(?:href|action)="?([^"#\s>]+)/g)) {
      const { pathname, search } = new URL(match[1]!.replaceAll('&amp;', '&'), answer.url());
      if (!/^\/(gestion\/[^/]+|aide)\//.test(pathname) || pathname.includes(garden) === pathname.startsWith('/aide')) continue;
      const [shape, path] = [shapeOf(pathname), pathname + (search.startsWith('?/') ? '' : search)];
      const same = others.get(shape) ?? [];
      if (!pages.has(shape)) pages.set(shape, path);
      else if (shape.includes('/*') && same.length < 3 && !same.includes(path) && pages.get(shape) !== path)
        others.set(shape, [...same, path]);
    }
  };
  for (const page of pages.values()) await follow(page);
  const all = await entrances();
  const isPage = new Set(all.filter(({ page }) => page).map(({ route }) => route));
  const shapes = [...new Set(all.map(({ route }) => route))].map((route) => ({
    route,
    shape: new RegExp(
      `^${bare(route)
        .replaceAll('[jardin]', garden)
        .replace(/\[[^\]]+\]/g, '([^/]+)')}$`,
    ),
    parameters: route.split('[').length,
  }));
  // An address is of the route that names most of it: /factures/envoi is not an invoice.
  shapes.sort((a, b) => a.parameters - b.parameters);
  const routeOf = (path: string) => shapes.find(({ shape }) => shape.test(path))?.route;
  const real = (route: string) =>
    [...pages.values()].find((page) => {
      const path = page.split('?')[0]!;
      // Where one page adds and changes, what is there already is what is looked at.
      return routeOf(path) === route && !(route.endsWith(']') && /\/(nouveau|nouvelle)$/.test(path));
    });
  // What the first of its kind does not lead to, one of the next may.
  const followed = new Set(pages.values());
  const rest = () =>
    [...pages.values(), ...[...others.values()].flat()].filter(
      (path) => !followed.has(path) && isPage.has(routeOf(path.split('?')[0]!) ?? ''),
    );
  for (let more = rest(); more.length && routes.some((route) => route.includes(']/') && !real(route)); more = rest())
    for (const path of more) {
      followed.add(path);
      await follow(path);
    }
  return new Map(routes.map((route) => [route, real(route) ?? fill(bare(route))]));
}
