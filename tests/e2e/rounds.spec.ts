import { expect, type Page, test } from '@playwright/test';
import { home, session } from './sign-in.ts';

/**
 * A round on its way, and a delivery that is said to be done. The demonstration is on a Monday without a delivery: the round is one of last week's,
 * the one that nobody has closed. All is left as it was found.
 */
test.use({ storageState: session('preparation') });

const waits = /pointages? attend/;
const tickIt = (page: Page) => page.getByRole('button', { name: /^Arrêt fait/ });
const done = (page: Page) => page.getByText(/^Fait à \d\dh\d\d/);

async function openRound(page: Page): Promise<string> {
  await page.goto(`${home}/en-tournee`);
  await page
    .locator('section')
    .filter({ has: page.getByRole('heading', { name: 'À terminer' }) })
    .getByRole('link')
    .first()
    .click();
  await expect(tickIt(page)).toHaveCount(1);
  return page.url();
}

/** What the telephone shows at once is taken back when the garden has it: a page that is closed before leaves the tick to the tests after it. */
async function takeBack(page: Page): Promise<void> {
  await page.getByText(/^Revoir cet arrêt/).click();
  const taken = page.waitForResponse((answer) => answer.request().method() === 'POST' && answer.status() < 400);
  await page.getByRole('button', { name: /^Cet arrêt n’est pas fait/ }).click();
  await expect(tickIt(page)).toHaveCount(1);
  await taken;
}

test('a stop is ticked, a problem without a word is refused beside its field, and the tick is taken back', async ({ page }) => {
  await openRound(page);
  await page.getByText(/^Signaler un problème/).click();
  await page.getByRole('button', { name: 'Signaler' }).click();
  await expect(page.getByText('Quelques mots, ou une photo.').first()).toBeVisible();
  await tickIt(page).click();
  await expect(done(page)).toHaveCount(1);
  await page.reload();
  await expect(done(page)).toContainText('par Bruno Marchal');
  await takeBack(page);
});

test('without network a tick shows, is kept through a reload, and is sent once when the network is back', async ({
  page,
  context,
  javaScriptEnabled,
}) => {
  test.skip(!javaScriptEnabled, 'Without JavaScript nothing is kept: the forms are sent.');
  const sent: string[] = [];
  page.on('request', (request) => request.url().endsWith('/envoi') && sent.push(request.url()));
  const url = await openRound(page);
  // The page is kept once its service worker has it.
  await expect.poll(() => page.evaluate((path) => caches.match(path).then(Boolean), new URL(url).pathname)).toBe(true);

  await context.setOffline(true);
  await tickIt(page).click();
  await expect(done(page)).toHaveCount(1);
  await expect(page.getByText(waits)).toBeVisible();
  await page.reload();
  await expect(done(page), 'the page and the tick are still there').toHaveCount(1);
  await expect(page.getByText(waits)).toBeVisible();

  sent.length = 0;
  await context.setOffline(false);
  await expect(page.getByText(waits)).toHaveCount(0);
  await expect(done(page)).toContainText('par Bruno Marchal');
  expect(sent, 'sent once').toHaveLength(1);
  await page.reload();
  await expect(done(page)).toHaveCount(1);
  expect(sent, 'and not again').toHaveLength(1);
  await takeBack(page);
  await expect.poll(() => sent.length).toBe(2);
});

test('a delivery is said to be done but for one basket, which its list tells; and it is taken back', async ({ page }) => {
  const round = await openRound(page);
  await page.getByRole('link', { name: 'Terminer la livraison' }).click();
  await expect(page.getByRole('heading', { name: 'Livraison effectuée' })).toBeVisible();
  const settle = page.url();
  await page.getByLabel('Client ou point de dépôt').fill('a');
  await page.getByRole('button', { name: 'Chercher' }).click();
  await page
    .getByRole('link', { name: /^Noter/ })
    .first()
    .click();
  await page.getByRole('button', { name: 'Noter' }).click();
  await expect(page.getByText('Dites ce qui est arrivé.').first()).toBeVisible();
  await page.getByRole('radio', { name: 'Manquant' }).check();
  await page.getByRole('radio', { name: 'Un avoir' }).check();
  await page.getByRole('button', { name: 'Noter' }).click();
  await expect(page.getByText('manquant, avoir')).toBeVisible();
  await page.getByRole('button', { name: 'Livraison effectuée' }).click();
  await expect(page.getByText(/paniers livrés sur \d+\s: 1 manquant\. 1 avoir\./)).toBeVisible();

  await page.goto(settle.replace('/effectuee', ''));
  await expect(page.getByText('ses paniers ne changent plus')).toBeVisible();
  await expect(page.locator('#paniers').getByText('manquant, avoir')).toBeVisible();

  await page.goto(`${home}/operations`);
  await page
    .getByRole('button', { name: /^Annuler « .* effectuée »/ })
    .first()
    .click();
  await page.getByRole('button', { name: 'Annuler l’opération' }).first().click();
  await expect(page.getByText('effectuée » est annulé')).toBeVisible();
  await page.goto(settle);
  await page.getByRole('button', { name: /^Retirer/ }).click();
  await expect(page.getByText('ce panier compte comme livré')).toBeVisible();
  expect((await page.goto(round))?.ok()).toBe(true);
});
