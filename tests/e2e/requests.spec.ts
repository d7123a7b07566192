import { expect, type Page, test } from '@playwright/test';
import { basketOf, openUntouched } from './customers.ts';
import { session } from './sign-in.ts';

/** All that a customer may ask for one basket, from the call to the sheet. Each screen size has people of its own. */
test.use({ storageState: session('ventes') });

const first = () => (test.info().project.name.startsWith('écran') ? 60 : 130);
const card = (page: Page, title: RegExp) => page.getByRole('radio', { name: title });
const save = (page: Page) => page.getByRole('button', { name: 'Enregistrer la demande' }).click();
/** The same, also where the depot is full: one of the demonstration is. */
async function saveAnyway(page: Page): Promise<void> {
  await save(page);
  const beyond = page.getByLabel('Dépasser la capacité du point de dépôt');
  await expect(beyond.or(page.locator('#paniers'))).toBeVisible();
  if (!(await beyond.count())) return;
  await beyond.check();
  await save(page);
}

/** From a record: the page of the nth basket that may still change. @returns its week. */
async function openBasket(page: Page, place: number): Promise<number> {
  await page.locator('#paniers').getByRole('link', { name: 'Changer' }).nth(place).click();
  await expect(page.getByRole('heading', { name: 'Ce qui est prévu' })).toBeVisible();
  return Number(new URL(page.url()).searchParams.get('semaine')!.split('-')[1]);
}

test('what is wrong is told beside its field, and the choice is kept', async ({ page }) => {
  await openUntouched(page, 0, first());
  await openBasket(page, 1);
  await expect(page.getByLabel('Livrer plutôt le')).toBeHidden();
  await save(page);
  await expect(page.getByRole('alert')).toContainText('Choisissez ce qui est demandé.');
  await card(page, /^Reporter/).check();
  await save(page);
  await expect(page.getByRole('alert')).toContainText('Choisissez la semaine où le panier sera livré.');
  await expect(card(page, /^Reporter/)).toBeChecked();
  await expect(page.getByLabel('Livrer plutôt le')).toHaveAccessibleDescription(/Choisissez la semaine/);
  await expect(card(page, /^Rattraper/)).toBeDisabled();
  await expect(page.getByText('Aucun panier n’est à rattraper.')).toBeVisible();
});

test('a basket is cancelled to be made up: it is counted, then received', async ({ page }) => {
  await openUntouched(page, 1, first());
  const from = await openBasket(page, 1);
  await card(page, /^Annuler/).check();
  await page.getByLabel('En échange').selectOption({ label: 'Un panier à rattraper avant la fin' });
  await page.getByLabel('Note').fill('En vacances');
  await save(page);
  await expect(page.getByText(`Le panier de la semaine ${from} est annulé.`)).toBeVisible();
  await expect(basketOf(page, from)).toContainText('pas de panier');
  await expect(page.getByText(/^1 panier à rattraper avant le/)).toBeVisible();
  await expect(page.locator('#demandes')).toContainText('« En vacances »');

  const to = await openBasket(page, 2);
  await card(page, /^Rattraper/).check();
  await saveAnyway(page);
  await expect(page.getByText(`C’est noté : un panier rattrapé en semaine ${to}.`)).toBeVisible();
  await expect(basketOf(page, to)).toContainText('un panier rattrapé');
  await expect(page.getByText(/à rattraper avant le/)).toHaveCount(0);

  const cancelled = page.locator('#demandes li').filter({ hasText: `semaine ${from} annulé` });
  await expect(cancelled).toContainText('Rattrapée');
  await expect(cancelled.getByRole('button', { name: 'Retirer' })).toHaveCount(0);
  await page.locator('#demandes li').filter({ hasText: 'panier rattrapé' }).getByRole('button', { name: 'Retirer' }).click();
  await expect(cancelled).toContainText('Prise en compte');
  await cancelled.getByRole('button', { name: 'Retirer' }).click();
  await expect(cancelled).toContainText('Retirée');
  await expect(basketOf(page, from)).not.toContainText('pas de panier');
});

test('a second basket is counted in its delivery; once none may be doubled there, the refusal leads to where that is changed', async ({
  page,
}) => {
  await openUntouched(page, 2, first());
  await openBasket(page, 6);
  const asked = page.url();
  await card(page, /^Doubler/).check();
  await saveAnyway(page);
  await expect(page.getByText(/C’est noté\s: .* de plus en semaine/)).toBeVisible();
  await page.locator('#demandes li').first().getByRole('button', { name: 'Retirer' }).click();
  await expect(page.getByText('La demande est retirée')).toBeVisible();

  const cap = async (number: string) => {
    await page.goto(`${asked}&demande=doubler`);
    await page.getByRole('link', { name: 'Paniers doublés de cette livraison' }).click();
    await page.locator('#doubles summary').click();
    await page.getByLabel('Paniers doublés possibles pour cette livraison').fill(number);
    await page.locator('#doubles').getByRole('button', { name: 'Enregistrer' }).click();
    await expect(page.getByText('Le nombre de paniers doublés est enregistré.')).toBeVisible();
  };
  await cap('0');
  await expect(page.locator('#doubles summary')).toContainText('sur 0 possibles');
  await page.goto(`${asked}&demande=doubler`);
  await save(page);
  await expect(page.getByRole('alert')).toContainText('augmentez ce nombre sur la page de la livraison');
  await cap('');
});

test('another depot for a week, then the basket by hand: each says so, and is taken back', async ({ page }) => {
  await openUntouched(page, 3, first());
  const before = await page.locator('#paniers li').allTextContents();
  const from = await openBasket(page, 2);
  await card(page, /^Changer de point de dépôt/).check();
  const there = page.getByLabel('Récupérer le panier à');
  const place = await there.locator('option', { hasText: 'Magasin du jardin' }).first().getAttribute('value');
  await there.selectOption(place!);
  await saveAnyway(page);
  await expect(page.getByText(`Le point de dépôt de la semaine ${from} est changé.`)).toBeVisible();
  await expect(basketOf(page, from)).toContainText('à récupérer à : Magasin du jardin');

  await openBasket(page, 3);
  await page.getByText('Modifier ce panier à la main').click();
  await page.getByLabel('Nombre de paniers').fill('deux');
  await page.getByRole('button', { name: 'Modifier ce panier' }).click();
  await expect(page.getByLabel('Nombre de paniers')).toHaveAccessibleDescription(/Écrivez un nombre de 0 à 50/);
  await expect(page.getByLabel('Nombre de paniers')).toHaveValue('deux');
  await page.getByLabel('Nombre de paniers').fill('0');
  await page.getByRole('button', { name: 'Modifier ce panier' }).click();
  await expect(page.getByText(/modifié à la main\.$/).first()).toBeVisible();
  await expect(page.locator('#paniers')).toContainText('modifié à la main');

  for (let left = 2; left > 0; left--) {
    await page.locator('#demandes').getByRole('button', { name: 'Retirer' }).first().click();
    await expect(page.getByText('La demande est retirée')).toBeVisible();
  }
  expect(await page.locator('#paniers li').allTextContents()).toEqual(before);
});
