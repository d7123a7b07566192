import { type Page, type Response, request } from '@playwright/test';
import { addresses, entrances, isSecret } from './routes.ts';
import { session, type Visitor } from './sign-in.ts';

/** Every page there is, as SvelteKit lists them: one that is added tomorrow is held to the same rules. */
export const pages = [...new Set((await entrances()).filter(({ method, page }) => method === 'GET' && page).map(({ route }) => route))];

/**
 * Pages that earn JavaScript: rows that are dragged, figures that follow what is typed, a round that goes on without network, a wait that
 * says how long, a map where tiles are set (they are here), and keys of a telephone or a computer, which only scripts may ask for.
 */
export const scripted = [
  ...['/connexion/cle', '/mon-compte/connexion/cles', '/styles', '/styles/vivant', '/gestion/[jardin]/tournees/[id]/ordre'],
  ...['/gestion/[jardin]/compositions/[jour]', '/gestion/[jardin]/compositions/[jour]/proposer'],
  ...['/gestion/[jardin]/recolte/[jour]/partage/[produit]', '/gestion/[jardin]/en-tournee/[livraison]'],
  ...['/gestion/[jardin]/depots/carte', '/jardins', '/jardins/[site]/depots', '/jardins/[site]/inscription/depot'],
];

/** Who looks at a page; nobody in particular at what everybody sees. */
export function visitorOf(route: string): Visitor | null {
  if (route.startsWith('/(public)')) return null;
  if (route.startsWith('/mon-compte/[jardin]')) return 'cliente';
  if (route.startsWith('/prescripteur')) return 'prescripteur';
  return route.startsWith('/reseau') ? 'network' : 'administrateur';
}

let where = new Map<string, string>();
/** Finds an address for each page, by the links that people see. */
export async function find(baseURL: string | undefined): Promise<void> {
  where = await addresses((visitor) => request.newContext({ baseURL, storageState: session(visitor) }), pages);
}

/** Opens a page of a route. Walked beside, what stood there may have been put away since: it is looked for again, once. */
export async function show(page: Page, route: string, baseURL: string | undefined): Promise<Response> {
  const answer = (await page.goto(where.get(route)!))!;
  if (answer.status() !== 404 || isSecret(route)) return answer;
  await find(baseURL);
  return (await page.goto(where.get(route)!))!;
}

/** How much wider than its window a page is, in pixels. */
export const sideways = (page: Page): Promise<number> =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
