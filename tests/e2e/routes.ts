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

/** What stands for a parameter when no link shows one. */
const examples: Record<string, string> = { jardin: garden, site: garden, table: 'customer' };
const fill = (path: string) => path.replace(/\[(?:\.{3})?([^\]]+)\]/g, (_, parameter: string) => examples[parameter] ?? '1');

/** An address that is a key (a link of a letter): nobody finds it by following links. */
export const isSecret = (route: string): boolean => /\[(jeton|session)\]/.test(route);

/** Where each walk begins, and what it keeps to: the garden's work, what everybody sees, the spaces of a customer and of a prescriber. */
const walks = [
  { who: 'administrateur', starts: [`/gestion/${garden}`, '/aide'], within: new RegExp(`^/(gestion/${garden}|aide)(/|$)`) },
  { who: 'administrateur', starts: ['/', `/jardins/${garden}`], within: new RegExp(`^/jardins(/${garden}|$)`) },
  { who: 'cliente', starts: ['/mon-compte'], within: new RegExp(`^/mon-compte(/${garden}/\\d+|/connexion)`) },
  { who: 'prescripteur', starts: ['/prescripteur'], within: new RegExp(`^/prescripteur(/${garden}|$)`) },
] as const;
type Walker = (typeof walks)[number]['who'];

/** So many addresses of one route: some show what the first does not (a day without baskets has nothing to share). */
const ALIKE = 4;

/** Fills the parameters of routes with things that exist, found by following the links that somebody sees. @param visit signs a walker in. */
export async function addresses(visit: (who: Walker) => Promise<APIRequestContext>, routes: string[]): Promise<Map<string, string>> {
  const all = await entrances();
  const isPage = new Set(all.filter(({ page }) => page).map(({ route }) => route));
  const shapes = [...new Set(all.map(({ route }) => route))].map((route) => ({
    route,
    shape: new RegExp(
      `^${bare(route)
        .replace(/\[(jardin|site)\]/g, garden)
        .replace('.', '\\.')
        .replace(/\[[^\]]+\]/g, '([^/]+)')}$`,
    ),
    parameters: route.split('[').length,
  }));
  // An address is of the route that names most of it: /factures/envoi is not an invoice.
  shapes.sort((a, b) => a.parameters - b.parameters);
  const routeOf = (path: string) => shapes.find(({ shape }) => shape.test(path))?.route;
  const isNew = (path: string) => /\/(nouveau|nouvelle)$/.test(path.split('?')[0]!);

  const found = new Map<string, string[]>();
  // Where one page adds and changes, what is there already is what is looked at.
  const real = (route: string) => found.get(route)?.find((path) => !(route.endsWith(']') && isNew(path)));
  const lacking = () => routes.some((route) => route.includes(']') && !isSecret(route) && !real(route));
  for (const { who, starts, within } of walks) {
    const visitor = await visit(who);
    let next: string[] = [...starts];
    let later: string[] = [];
    const keep = (path: string) => {
      const pathname = path.split('?')[0]!;
      const route = within.test(pathname) ? routeOf(pathname) : undefined;
      if (!route) return;
      const same = found.get(route) ?? [];
      if (same.some((one) => one.split('?')[0] === pathname) || same.length === ALIKE) return;
      found.set(route, [...same, path]);
      if (isPage.has(route)) (same.every(isNew) || isNew(path) ? next : later).push(path);
    };
    while (next.length || (later.length && lacking())) {
      if (!next.length) [next, later] = [later, []];
      const answer = await visitor.get(next.shift()!);
      if (!answer.headers()['content-type']?.startsWith('text/html')) continue;
      keep(new URL(answer.url()).pathname);
      for (const match of (await answer.text()).matchAll(/(?:href|action)="?([^"#\s>]+)/g)) {
        const { pathname, search } = new URL(match[1]!.replaceAll('&amp;', '&'), answer.url());
        keep(pathname + (search.startsWith('?/') ? '' : search));
      }
    }
    await visitor.dispose();
  }
  /** What no link leads to (a mandate to sign, when one is signed) stands below something that links lead to. */
  const guess = (route: string): string => {
    for (let above = route; above; above = above.slice(0, above.lastIndexOf('/'))) {
      const known = real(above)?.split('?')[0];
      if (known) return known + fill(route.slice(above.length));
    }
    return fill(bare(route));
  };
  return new Map(routes.map((route) => [route, real(route) ?? guess(route)]));
}
