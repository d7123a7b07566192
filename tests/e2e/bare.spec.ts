import { expect, test } from '@playwright/test';
import { find, pages, scripted, show, sideways, visitorOf } from './looking.ts';
import { bare } from './routes.ts';
import { garden, home, session } from './sign-in.ts';

/** On a telephone without JavaScript: what the pages that earn it are then, and what is said when something goes wrong. */

test.describe('without the script they earn', () => {
  test.beforeAll(({ baseURL }) => {
    test.setTimeout(180_000);
    return find(baseURL);
  });
  for (const route of pages.filter((one) => scripted.includes(bare(one)))) {
    const visitor = visitorOf(route);
    test.describe(() => {
      test.use({ storageState: visitor ? session(visitor) : undefined });
      test(`${bare(route)} is whole`, async ({ page, baseURL }) => {
        expect((await show(page, route, baseURL)).status()).toBe(200);
        await expect(page.locator('h1')).toHaveCount(1);
        expect(await sideways(page), 'no sideways scrolling').toBe(0);
      });
    });
  }
});

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
