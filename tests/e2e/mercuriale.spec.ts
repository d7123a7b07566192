import { expect, type Page, test } from '@playwright/test';
import { home, session } from './sign-in.ts';

/** What baskets are made of and its reference prices. Each screen size adds a vegetable of its own, and archives it. */

test.use({ storageState: session('ventes') });

const list = `${home}/produits`;
const own = () => `Crosne d’essai, ${test.info().project.name.startsWith('écran') ? 'bureau' : 'téléphone'}`;
const arrives = (page: Page, title: string) => expect(page.getByRole('heading', { level: 1 })).toContainText(title);

test('the list is searched without accents, and taken away as a file', async ({ page }) => {
  await page.goto(list);
  await arrives(page, 'Mercuriale');
  await page.getByLabel('Nom, famille, fournisseur ou équipe').fill('celeri');
  await page.getByRole('button', { name: 'Chercher' }).click();
  await expect(page.getByRole('status')).toContainText('2 produits');
  await expect(page.getByRole('row').filter({ hasText: 'Céleri-rave' })).toContainText('Apiacées');
  for (const format of ['csv', 'xlsx']) expect((await page.request.get(`${list}/export?format=${format}`)).status()).toBe(200);
});

test('a vegetable is added, priced with many others, corrected, and archived', async ({ page }) => {
  const name = own();
  await page.goto(`${list}/nouveau`);
  await page.getByLabel('Nom', { exact: true }).fill(name);
  await page.getByLabel('Poids moyen d’une pièce').fill('lourd');
  await page.getByRole('button', { name: 'Ajouter le produit' }).click();
  await expect(page.locator('#champ-pieceGrams-erreur')).toContainText('en grammes');
  await expect(page.getByLabel('Nom', { exact: true })).toHaveValue(name);
  await page.getByLabel('Poids moyen d’une pièce').fill('8');
  await page.getByRole('button', { name: 'Ajouter le produit' }).click();
  await arrives(page, name);
  const address = page.url();

  // On the page of all prices: what is wrong is told beside its field, what was typed stays.
  await page.goto(`${list}/prix?tous=oui`);
  await page.getByLabel(name).fill('cher');
  await page.getByRole('button', { name: 'Enregistrer les prix' }).click();
  await expect(page.getByRole('alert')).toContainText(name);
  await expect(page.getByLabel(name)).toHaveValue('cher');
  await page.getByLabel(name).fill('12,345');
  await page.getByRole('button', { name: 'Enregistrer les prix' }).click();
  await expect(page.getByText('Un prix est enregistré.')).toBeVisible();

  await page.goto(address);
  await expect(page.getByRole('img', { name: /Prix de référence/ })).toBeVisible();
  await page.locator('summary').filter({ hasText: 'Corriger le prix' }).click();
  await page.getByRole('row').getByLabel('Prix').fill('12,50');
  await page.getByRole('button', { name: 'Enregistrer', exact: true }).click();
  await expect(page.getByRole('row').filter({ hasText: 'en vigueur' })).toContainText('12,50 €');
  await page.getByRole('link', { name: 'Historique' }).click();
  await expect(page.getByText('12,345 €').first()).toBeVisible();

  await page.goto(address);
  await page.getByRole('button', { name: 'Archiver ce produit' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Archiver' }).click();
  await arrives(page, 'Mercuriale');
  await page.goto(address);
  await expect(page.getByText('Ce produit n’est plus proposé.')).toBeVisible();
});
