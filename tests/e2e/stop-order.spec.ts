import { expect, type Page, test } from '@playwright/test';
import { home, session } from './sign-in.ts';

/** A better order of a tour's stops: looked at beside the present one, accepted with its hours, then taken back. Leaves the tour as it was. */

test.use({ storageState: session('administrateur') });

/** The card of one of the two orders: its kilometres and its stops, in order. */
async function read(page: Page, title: string) {
  const card = page.getByRole('region', { name: title, exact: true });
  const distance = await card.locator('dd').first().innerText();
  const stops = await card.locator('.name').allInnerTexts();
  return { kilometres: Number(distance.replace(/[^\d,]/g, '').replace(',', '.')), stops };
}

test('an order is proposed, accepted with its hours, and taken back', async ({ page }) => {
  await page.goto(`${home}/tournees`);
  await page.locator('#VE2').getByRole('link', { name: 'Changer l’ordre' }).click();
  await page.getByRole('link', { name: 'Proposer un ordre' }).click();
  const proposer = page.url();
  const [present, proposed] = [await read(page, 'Aujourd’hui'), await read(page, 'Proposé')];
  expect(proposed.kilometres).toBeLessThan(present.kilometres);
  expect(proposed.stops.toSorted()).toEqual(present.stops.toSorted());
  await expect(page.getByText('Départ à 07h40')).toBeVisible();

  await page.getByLabel('Écrire aussi les heures de passage proposées').check();
  await page.getByRole('button', { name: 'Accepter l’ordre proposé' }).click();
  await expect(page.getByText('Le nouvel ordre est enregistré')).toBeVisible();
  await expect(page.locator('ol.rows .what')).toHaveCount(present.stops.length);
  for (const [at, name] of proposed.stops.entries()) await expect(page.locator('ol.rows .what').nth(at)).toContainText(name);
  await page.goto(proposer);
  await expect(page.getByText('L’ordre d’aujourd’hui est déjà bon')).toBeVisible();

  await page.goto(`${home}/operations`);
  await page.getByRole('button', { name: 'Annuler « Ordre des arrêts de VE2 »' }).click();
  await page.getByRole('button', { name: 'Annuler l’opération' }).and(page.locator(':visible')).click();
  await expect(page.getByText('Annulée').first()).toBeVisible();
  await page.goto(proposer);
  expect(await read(page, 'Aujourd’hui')).toEqual(present);
});
