import { expect, test } from '@playwright/test';
import { home, session } from './sign-in.ts';

/** The shed: one tap for what is ready, two people at once, the screen on the wall. The last tour to prepare of the list, left as it was found. */

test.use({ storageState: session('preparation') });

/** Each screen size has a tour of its own, far enough that nobody else prepares it. */
const own = () => (test.info().project.name.startsWith('écran') ? 0 : 1);

test('a tap says that baskets are ready, another takes it back; a number is typed; a second person is told', async ({
  page,
  browser,
  contextOptions,
  baseURL,
}) => {
  await page.goto(`${home}/preparation`);
  await page
    .getByRole('link', { name: /^Préparer/ })
    .nth(3 + own())
    .click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Préparation du');
  const stop = page.locator('section[id^="a"]').first();
  const title = (await stop.getByRole('heading').innerText()).split('\n')[0]!;
  const lines = stop.getByRole('listitem');
  const due = Number(await lines.first().locator('.due').innerText());

  const other = await browser.newContext({ ...contextOptions, baseURL, storageState: session('administrateur') });
  const second = await other.newPage();
  await second.goto(page.url());

  await lines.first().getByRole('button', { name: /^Prêt/ }).click();
  await expect(page).toHaveURL(/#a\d+$/);
  await expect(lines.first().getByRole('button', { name: /^Annuler/ })).toBeVisible();

  // The other page still shows them as to be done: the same tap counts once, another number is refused and told.
  await second.locator('section[id^="a"]').first().getByRole('listitem').first().getByRole('link').click();
  await second.getByLabel('Combien sont prêts ?').fill(String(due + 7));
  await second.getByRole('button', { name: 'Enregistrer' }).click();
  await expect(second.getByText(`Il n’en faut que ${due} pour`).first()).toBeVisible();
  await expect(second.getByLabel('Combien sont prêts ?')).toHaveValue(String(due + 7));
  await other.close();

  await page.goto(`${new URL(page.url()).pathname}/affichage`);
  await expect(page.getByText(/reste/).first()).toBeVisible();
  await expect(page.getByText(title)).toHaveCount(0);
  await page.getByRole('link', { name: 'Quitter l’affichage' }).click();
  await lines
    .first()
    .getByRole('button', { name: /^Annuler/ })
    .click();
  await expect(lines.first().getByRole('button', { name: /^Prêt/ })).toBeVisible();
});

test('the screen on the wall asks anew by itself, until it is told to stand still', async ({ page }) => {
  const answer = (await page.goto(`${home}/preparation/prochain/affichage?fixe`))!;
  expect(answer.headers().refresh).toBeUndefined();
  await page.getByRole('link', { name: 'Reprendre la mise à jour' }).click();
  await expect(page.getByText('Se met à jour toutes les 20 secondes.')).toBeVisible();
  const moving = await page.request.get(page.url());
  expect(moving.headers().refresh).toBe('20');
});

test('every sheet of a day comes as a PDF and as a workbook', async ({ page }) => {
  await page.goto(`${home}/feuilles`);
  const href = (await page.getByRole('link', { name: 'Étiquettes', exact: true }).first().getAttribute('href'))!;
  for (const file of ['preparation', 'route', 'changements', 'depots', 'etiquettes']) {
    const path = href.replace('etiquettes', file);
    const [pdf, workbook] = [await page.request.get(path), await page.request.get(`${path}?format=xlsx`)];
    expect([pdf.status(), pdf.headers()['content-type']]).toEqual([200, 'application/pdf']);
    expect(workbook.headers()['content-disposition']).toContain('.xlsx');
    expect((await workbook.body()).subarray(0, 2).toString()).toBe('PK');
  }
});
