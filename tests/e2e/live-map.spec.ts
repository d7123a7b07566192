import { expect, type Page, test } from '@playwright/test';
import { garden } from './sign-in.ts';

/** Maps, drawn and live. What JavaScript adds is asked for; what it cannot load takes nothing away. */

test.use({ storageState: { cookies: [], origins: [] } });

const scripted = () => test.skip(test.info().project.use.javaScriptEnabled === false, 'what JavaScript adds');
const heading = (page: Page) => page.getByRole('heading', { level: 1 });
const open = (page: Page) => page.getByRole('button', { name: 'Carte interactive' }).click();
const markers = (page: Page) => page.locator('.leaflet-marker-pane').getByRole('button');
const drawn = (page: Page) => page.locator('[data-drawing] a');
const dot = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');
const withTiles = (page: Page) =>
  page.route('https://localhost:9/tuiles/**', (route) => route.fulfill({ contentType: 'image/png', body: dot }));

test('the map of gardens: a mark, by keyboard, leads to its garden; a filter keeps the map', async ({ page }) => {
  scripted();
  await withTiles(page);
  await page.goto('/jardins');
  await expect(drawn(page)).toHaveCount(3);
  await open(page);
  await expect(markers(page)).toHaveCount(3);
  // A choice shows its answer at once, and the map that was asked for is there again.
  await page.getByText('Ce que fait le jardin').first().click();
  await page.getByRole('checkbox', { name: 'Œufs' }).check();
  await expect(page).toHaveURL(/activite=eggs/);
  await expect(markers(page)).toHaveCount(1);
  const mark = page.getByRole('button', { name: /Le Potager du Vallon/ });
  await mark.focus();
  await page.keyboard.press('Enter');
  const link = page.locator('.leaflet-popup').getByRole('link', { name: 'Le Potager du Vallon' });
  await expect(link).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(link).toBeHidden();
  await expect(mark).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(link).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/jardins\/potager-du-vallon$/);
});

test('the map of depots shows those of the list, and those of a day', async ({ page }) => {
  scripted();
  await withTiles(page);
  await page.goto(`/jardins/${garden}/depots`);
  const all = await drawn(page).count();
  await open(page);
  await expect(markers(page)).toHaveCount(all);
  await page.getByLabel('Jour').selectOption({ label: 'mercredi' });
  await expect(page).toHaveURL(/jour=3/);
  await expect(page.locator('ol > li').first()).toContainText('Mercredi');
  await expect(markers(page)).toHaveCount(await drawn(page).count());
  expect(await markers(page).count()).toBeLessThan(all);
  const name = (await page.locator('ol > li').getByRole('heading').first().textContent())!.trim();
  await page.getByRole('button', { name: new RegExp(`^1\\. ${name}`) }).focus();
  await page.keyboard.press('Enter');
  await page.locator('.leaflet-popup').getByRole('link', { name }).click();
  await expect(heading(page)).toHaveText(name);
});

test('without tiles the drawing stays, and is as useful', async ({ page }) => {
  await page.route('https://localhost:9/tuiles/**', (route) => route.abort());
  await page.goto('/jardins');
  if (test.info().project.use.javaScriptEnabled !== false) {
    await open(page);
    await expect(page.getByRole('button', { name: 'Carte interactive' })).toBeHidden();
  }
  await expect(page.locator('.leaflet-marker-pane')).toHaveCount(0);
  const mark = drawn(page).filter({ hasText: 'Les Jardins de la Moselle' });
  await mark.locator('path').click();
  await expect(page).toHaveURL(new RegExp(`/jardins/${garden}$`));
});

test('while one subscribes, a mark of the map leads to its depot in the list', async ({ page }) => {
  await page.goto(`/jardins/${garden}/inscription`);
  await page
    .getByRole('button', { name: /^Choisir/ })
    .first()
    .click();
  await page.getByRole('button', { name: 'Continuer' }).click();
  await expect(heading(page)).toHaveText('Où viendrez-vous chercher vos paniers ?');
  await expect(drawn(page).first()).toBeHidden();
  await page.getByText('Voir sur une carte').click();
  await expect(drawn(page).first()).toBeVisible();
  // One of those that are folded away at first.
  const mark = drawn(page).last();
  const name = (await mark.locator('title').textContent())!.split(' — ')[0]!;
  await mark.locator('path').click();
  const place = page.locator('li:target');
  await expect(place.getByRole('heading')).toContainText(name);
  await expect(place.getByRole('button')).toBeVisible();
});
