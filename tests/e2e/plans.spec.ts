import { expect, type Page, test } from '@playwright/test';
import { home, session } from './sign-in.ts';

/** What a garden offers on subscription: written, copied, priced by date, changed with the difference in sight. Each screen size has names of its own. */

test.use({ storageState: session('ventes') });

const own = (name: string) => `${name}, ${test.info().project.name.startsWith('écran') ? 'bureau' : 'téléphone'}`;
/** Where we are; a badge may stand beside the title. */
const arrives = (page: Page, title: string) => expect(page.getByRole('heading', { level: 1 })).toContainText(title);
const list = `${home}/formules`;

async function create(page: Page, name: string, more: (page: Page) => Promise<void> = async () => {}): Promise<void> {
  await page.goto(`${list}/nouvelle`);
  await page.getByLabel('Nom de la formule').fill(name);
  await page.getByLabel('Produit', { exact: true }).selectOption('Petit panier');
  await page.getByLabel('Prix d’un panier').fill('14,20');
  await more(page);
  await page.getByRole('button', { name: 'Créer la formule' }).click();
}

test('the plans of the garden, what they cost now and later, and how many hold to them', async ({ page }) => {
  await page.goto(list);
  await arrives(page, 'Formules');
  const fruit = page.getByRole('row').filter({ hasText: 'de mai à octobre' });
  await expect(fruit).toContainText('semaines 18 à 44');
  await expect(fruit).toContainText('14,80 € au 01/01/2026');
  await page.getByLabel('Nom, produit ou saison').fill('Œufs');
  await page.getByRole('button', { name: 'Chercher' }).click();
  await expect(page.getByRole('status')).toContainText('1 formule');
  await page.getByRole('row').filter({ hasText: 'boîte de 6' }).getByRole('link').first().click();
  await arrives(page, 'Œufs');
  await expect(page.getByText('Prix à l’unité')).toBeVisible();
  for (const format of ['csv', 'xlsx']) expect((await page.request.get(`${list}/export?format=${format}`)).status()).toBe(200);
});

test('a plan takes a name, a product and a price; what is missing is told beside the field, and what was typed stays', async ({ page }) => {
  const name = own('Panier du samedi');
  await page.goto(`${list}/nouvelle`);
  await page.getByLabel('Nom de la formule').fill(name);
  await page.getByLabel('Semaines livrées').fill('été');
  await page.getByLabel('Produit', { exact: true }).selectOption('Petit panier');
  await page.getByLabel('Prix d’un panier').fill('quatorze');
  await page.getByRole('button', { name: 'Créer la formule' }).click();
  await expect(page.getByRole('alert')).toContainText('2 champs');
  await expect(page.locator('#champ-weeks-erreur')).toContainText('« été » n’est pas lisible');
  await expect(page.getByLabel('Nom de la formule')).toHaveValue(name);
  await page.getByLabel('Semaines livrées').fill('44 à 8');
  await page.getByLabel('Prix d’un panier').fill('14,20');
  await page.getByRole('button', { name: 'Créer la formule' }).click();
  await arrives(page, name);
  await expect(page.getByText('semaines 44 à 8')).toBeVisible();
  await expect(page.getByText('14,20 €').first()).toBeVisible();

  // Nothing was signed under it: all of it can change.
  await page.getByRole('link', { name: 'Modifier' }).click();
  await page.getByText('Délais et limites').click();
  const first = page.getByRole('group', { name: 'Limite 1' });
  await first.getByLabel(/^Au plus/).fill('3');
  await page.getByRole('button', { name: 'Enregistrer' }).click();
  await expect(page.getByRole('alert')).toContainText('2 champs');
  await first.getByLabel(/^Du/).fill('01/07');
  await first.getByLabel(/^Au(?! plus)/).fill('31/08');
  await page.getByRole('button', { name: 'Enregistrer' }).click();
  await expect(page.getByText('3 annulations et reports au plus du 01/07 au 31/08')).toBeVisible();

  await page.getByRole('link', { name: 'Historique' }).click();
  await expect(page.getByText('Formule : création', { exact: true })).toBeVisible();
  await expect(page.getByText('Prix de la formule : création')).toBeVisible();
});

test('a price is announced from a date, never in the past, and taken back before it begins', async ({ page }) => {
  await create(page, own('Panier à prix'));
  await page.getByText('Annoncer un nouveau prix').click();
  await page.getByLabel('À partir du').fill('2026-01-01');
  await page.getByLabel('Prix', { exact: true }).fill('14,90');
  await page.getByRole('button', { name: 'Enregistrer ce prix' }).click();
  await expect(page.getByRole('status')).toContainText('gardent le leur');
  const next = page.getByRole('listitem').filter({ hasText: '14,90' });
  await expect(next).toContainText('1er janvier 2026');
  await next.getByRole('button', { name: 'Retirer' }).click();
  await expect(page.getByText('14,90')).toHaveCount(0);
});

test('a copy is written once saved, and a plan that nobody holds to can be put away and brought back', async ({ page }) => {
  const name = own('Panier à copier');
  await create(page, name);
  await page.getByRole('link', { name: 'Dupliquer' }).click();
  await expect(page.getByLabel('Nom de la formule')).toHaveValue(`Copie de ${name}`);
  await expect(page.getByLabel('Prix d’un panier')).toHaveValue('14,20');
  await page.getByRole('button', { name: 'Enregistrer la copie' }).click();
  await arrives(page, `Copie de ${name}`);
  await page.getByRole('button', { name: 'Archiver' }).first().click();
  await page.getByRole('dialog').getByRole('button', { name: 'Archiver' }).click();
  await expect(page.getByRole('row').filter({ hasText: `Copie de ${name}` })).toHaveCount(0);
  await page.goto(`${list}?etat=archivees`);
  await page.getByRole('link', { name: `Copie de ${name}` }).click();
  await page.getByRole('button', { name: 'Proposer à nouveau' }).click();
  await expect(page.getByText('proposée', { exact: true })).toBeVisible();
});

test('a plan that runs keeps its product, cannot be put away, and shows whose baskets change with its weeks', async ({ page }) => {
  await page.goto(list);
  await page.getByRole('link', { name: 'Panier gourmand', exact: true }).click();
  await page.getByRole('button', { name: 'Archiver' }).first().click();
  await page.getByRole('dialog').getByRole('button', { name: 'Archiver' }).click();
  await expect(page.getByRole('alert')).toContainText('abonnements courent encore');

  await page.getByRole('link', { name: 'Modifier' }).click();
  await expect(page.getByText('Des abonnements ont été signés pour ce produit')).toBeVisible();
  await page.getByRole('link', { name: 'changer les semaines' }).click();
  const weeks = test.info().project.name.startsWith('écran') ? '1 à 49' : '1 à 48';
  await page.getByLabel('Semaines livrées').fill(weeks);
  await page.getByRole('button', { name: 'Voir ce qui change' }).click();
  await expect(page.getByRole('heading', { name: /clients? concernés?/ })).toBeVisible();
  await page.getByRole('button', { name: 'Confirmer' }).click();
  await expect(page.getByRole('status')).toContainText('C’est fait');
  await expect(page.getByText(`semaines ${weeks}`, { exact: true })).toBeVisible();

  // And back, for whoever comes next.
  await page.goto(`${home}/operations`);
  await page
    .getByRole('button', { name: /Annuler « Semaines de la formule/ })
    .first()
    .click();
  await page.getByRole('dialog').getByRole('button', { name: 'Annuler l’opération' }).click();
  await expect(page.getByRole('status')).toContainText('les paniers sont comme avant');
});

test('eggs are a product too', async ({ page }) => {
  const name = own('Pain au levain');
  await page.goto(`${home}/paniers/nouveau`);
  await page.getByLabel('Nom', { exact: true }).fill(name);
  await page.getByRole('radio', { name: /Un autre produit/ }).check();
  await page.getByLabel('Prix TTC').fill('3,50');
  await page.getByRole('button', { name: 'Ajouter' }).click();
  await expect(page.getByRole('row').filter({ hasText: name })).toContainText('autre produit');
});

test.describe('somebody who only reads', () => {
  test.use({ storageState: session('comptabilite') });
  test('sees plans, and no button to change them', async ({ page }) => {
    await page.goto(list);
    await expect(page.getByRole('link', { name: 'Créer une formule' })).toHaveCount(0);
    await page.getByRole('link', { name: 'Petit panier', exact: true }).click();
    await expect(page.getByRole('link', { name: 'Modifier' })).toHaveCount(0);
    expect((await page.goto(`${list}/nouvelle`))?.status()).toBe(403);
  });
});
