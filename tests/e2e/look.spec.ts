import { AxeBuilder } from '@axe-core/playwright';
import { type Browser, expect, type Page, test } from '@playwright/test';
import { find, pages, scripted, show, sideways, visitorOf } from './looking.ts';
import { bare, isSecret } from './routes.ts';
import { session, type Visitor } from './sign-in.ts';

/** Every page, on a wide screen and at the width of a telephone, light and dark. */

const wide = { width: 1280, height: 900 };
const phone = { width: 390, height: 844 };
/** Blocks for other sites, the only pages that those may frame. */
const isFramed = (route: string) => route.includes('/integrer/');

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
  test(`${bare(route)} is legible, private and quiet`, async ({ browser, baseURL }) => {
    const page = await windowOf(browser, visitor);
    await page.emulateMedia({ colorScheme: 'light' });
    const answer = await show(page, route, baseURL);
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

    // Without script, width is all that a telephone changes: no need to fetch the page again for it.
    for (const size of [phone, wide]) {
      await page.setViewportSize(size);
      expect(await sideways(page), `no sideways scrolling at ${size.width} px`).toBe(0);
    }

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
