import { AxeBuilder } from '@axe-core/playwright';
import { type Browser, expect, type Page, request, test } from '@playwright/test';
import { addresses, bare, entrances, isSecret } from './routes.ts';
import { garden, home, session, type Visitor } from './sign-in.ts';

/** Every page there is, as SvelteKit lists them: one that is added tomorrow is held to the same rules. */
const pages = [...new Set((await entrances()).filter(({ method, page }) => method === 'GET' && page).map(({ route }) => route))];

/**
 * Pages that earn JavaScript: rows that are dragged, figures that follow what is typed, a round that goes on without network, a wait that
 * says how long, and keys of a telephone or a computer, which only scripts may ask for.
 */
const scripted = [
  ...['/connexion/cle', '/mon-compte/connexion/cles', '/styles', '/styles/vivant', '/gestion/[jardin]/tournees/[id]/ordre'],
  ...['/gestion/[jardin]/compositions/[jour]', '/gestion/[jardin]/compositions/[jour]/proposer'],
  ...['/gestion/[jardin]/recolte/[jour]/partage/[produit]', '/gestion/[jardin]/en-tournee/[livraison]'],
];

const visitorOf = (route: string): Visitor | null => {
  if (route.startsWith('/(public)')) return null;
  if (route.startsWith('/mon-compte/[jardin]')) return 'cliente';
  return route.startsWith('/reseau') ? 'network' : 'administrateur';
};
/** Blocks for other sites, the only pages that those may frame. */
const isFramed = (route: string) => route.includes('/integrer/');

let where: Map<string, string>;
async function find(baseURL: string | undefined): Promise<void> {
  const visit = (visitor: Visitor) => request.newContext({ baseURL, storageState: session(visitor) });
  const walkers = { administrateur: await visit('administrateur'), cliente: await visit('cliente') };
  where = await addresses(walkers, pages);
  for (const one of Object.values(walkers)) await one.dispose();
}
test.beforeAll(({ baseURL }) => {
  // A walk through all there is.
  test.setTimeout(180_000);
  return find(baseURL);
});

const standards = ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'];
type Rules = { type: 'tag' | 'rule'; values: string[] };
/** The frames (menus and feet) that were looked at whole: they are the same on the next page. */
const frames = new Set<string>();
async function wrongs(page: Page, frame: string, runOnly: Rules): Promise<string[]> {
  const axe = new AxeBuilder({ page })
    // No page here has frames of others: one run, in the page itself, takes half the time.
    .setLegacyMode()
    .options({ runOnly, resultTypes: ['violations'] })
    // The marks of a map may stand close to one another: it is the places that do.
    .exclude('.leaflet-marker-pane');
  if (frames.has(frame)) axe.exclude('nav').exclude('footer');
  frames.add(frame);
  const { violations } = await axe.analyze();
  return violations.flatMap(({ id, nodes }) => nodes.slice(0, 3).map(({ target, html }) => `${id} ${target} ${html.slice(0, 160)}`));
}

/** One window for a dozen pages: opening one for every page takes longer than looking at it, and one that has shown hundreds is full of them. */
const DOZEN = 12;
let open: { visitor: Visitor | null; page: Page; shown: number } | null = null;
async function windowOf(browser: Browser, visitor: Visitor | null): Promise<Page> {
  if (open?.visitor === visitor && open.shown++ < DOZEN) return open.page;
  await open?.page.context().close();
  const context = await browser.newContext({ storageState: visitor ? session(visitor) : undefined });
  open = { visitor, page: await context.newPage(), shown: 1 };
  return open.page;
}
test.afterAll(() => open?.page.context().close());

for (const route of pages) {
  const visitor = visitorOf(route);
  test(`${bare(route)} is legible, private and quiet`, async ({ browser, baseURL, javaScriptEnabled }) => {
    const page = await windowOf(browser, visitor);
    await page.emulateMedia({ colorScheme: 'light' });
    let answer = (await page.goto(where.get(route)!))!;
    if (answer.status() === 404 && !isSecret(route)) {
      // Walked beside: what stood there was put away since.
      await find(baseURL);
      answer = (await page.goto(where.get(route)!))!;
    }
    // A key that opens nothing says so, on a page like the others.
    expect(isSecret(route) ? [200, 404, 410] : [200], answer.url()).toContain(answer.status());
    expect(await page.title()).not.toBe('');
    await expect(page.locator('h1')).toHaveCount(1);

    const headers = answer.headers();
    expect(headers['content-security-policy']).toMatch(/script-src 'self'( 'sha256-[^']+')*( 'nonce-[^']+')?(;|$)/);
    expect(headers).toMatchObject({ 'x-content-type-options': 'nosniff', 'cache-control': 'no-store' });
    if (!isFramed(route)) {
      expect(headers['content-security-policy']).toContain("frame-ancestors 'none'");
      expect(headers['x-frame-options']).toBe('DENY');
    }

    const html = await answer.text();
    if (!scripted.includes(bare(route))) expect(html).not.toMatch(/<script(?! type="application\/ld\+json")|modulepreload|\son\w+="/i);

    const { width } = page.viewportSize()!;
    expect(await page.evaluate(() => document.documentElement.scrollWidth), 'no sideways scrolling').toBeLessThanOrEqual(width);

    // axe needs to run in the page; colours are all that the dark theme changes.
    if (!javaScriptEnabled) return;
    // The rows of a table are alike: some stand for all, and hundreds take it a quarter of a minute.
    await page.evaluate(() => {
      for (const row of document.querySelectorAll('tbody tr:nth-child(n + 8), main li:nth-child(n + 24), option:nth-child(n + 8)'))
        row.remove();
    });
    const frame = bare(route).split('/').slice(0, 2).join('/');
    expect(await wrongs(page, frame, { type: 'tag', values: standards })).toEqual([]);
    await page.emulateMedia({ colorScheme: 'dark' });
    expect(await wrongs(page, `${frame}, dark`, { type: 'rule', values: ['color-contrast', 'link-in-text-block'] }), 'in the dark').toEqual(
      [],
    );
  });
}

test.describe('when it goes wrong', () => {
  const internals = /node_modules|\.ts:|\.js:|select |postgres|stack|Error:/i;

  test.use({ storageState: session('preparation') });
  test('a page that is not there says so in French', async ({ page }) => {
    const answer = (await page.goto(`${home}/rien-de-tel`))!;
    expect(answer.status()).toBe(404);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Page introuvable');
    expect(await answer.text()).not.toMatch(internals);
  });

  test('a page that one may not open says why, with a reference', async ({ page }) => {
    const answer = (await page.goto(`${home}/equipe`))!;
    expect(answer.status()).toBe(403);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Cette page ne vous est pas ouverte');
    await expect(page.getByText('Votre rôle ne permet pas')).toBeVisible();
    await expect(page.getByText(`Référence : ${answer.headers()['x-request-id']}`)).toBeVisible();
    expect(await answer.text()).not.toMatch(internals);
  });

  test('another garden is not there at all', async ({ page }) => {
    for (const path of ['/gestion/potager-du-vallon', '/gestion/nulle-part']) {
      const answer = (await page.goto(path))!;
      expect(answer.status(), path).toBe(404);
      expect(await answer.text()).not.toContain('Vallon');
    }
  });

  test('a form sent from another site is refused', async ({ request, baseURL }) => {
    const from = (origin: string) => request.post('/deconnexion', { form: {}, headers: { origin }, maxRedirects: 0 });
    for (const origin of ['https://ailleurs.test', 'null', `${baseURL}.ailleurs.test`]) expect((await from(origin)).status()).toBe(403);
    const own = await request.get('/mon-compte/connexion', { maxRedirects: 0 });
    expect(own.status(), 'still signed in').toBe(200);
  });

  test('cookies are out of reach of scripts and of other sites', async ({ page, context }) => {
    await page.goto(home);
    const cookies = await context.cookies();
    expect(cookies.length).toBeGreaterThan(0);
    for (const { name, httpOnly, sameSite } of cookies)
      expect({ name, httpOnly, sameSite }).toEqual({ name, httpOnly: true, sameSite: 'Lax' });
  });
});

test('nobody sees anything of a garden', async ({ page }) => {
  for (const path of [home, `${home}/clients`, '/mon-compte', '/reseau']) {
    await page.goto(path);
    await expect(page).toHaveURL(/\/connexion\?suite=/);
    await expect(page.locator('body')).not.toContainText(garden);
  }
});
