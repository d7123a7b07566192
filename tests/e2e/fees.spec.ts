import { expect, type Page, test } from '@playwright/test';
import { customers } from './customers.ts';
import { home, session } from './sign-in.ts';

/** A customer's account: lines by hand, containers, the statement; kinds of membership. What each walk adds, it takes away. */

test.use({ storageState: session('comptabilite') });

const wide = () => test.info().project.name.startsWith('écran');
const own = (name: string) => `${name}, ${wide() ? 'bureau' : 'téléphone'}`;
const arrives = (page: Page, title: string) => expect(page.getByRole('heading', { level: 1 })).toContainText(title);
/** Somebody whom no other walk works on. */
const account = async (page: Page) => `${(await customers(page))[wide() ? 120 : 121]!.path}/compte`;

test('a line is added by hand, mended, and taken off; the statement says what remains, on screen and on paper', async ({ page }) => {
  const compte = await account(page);
  await page.goto(compte);
  await arrives(page, 'Compte de');
  const remains = await page
    .getByText(/^(Reste à régler|D’avance|Tout est réglé)$/)
    .locator('..')
    .getByRole('strong')
    .textContent();
  await page.getByRole('link', { name: 'Ajouter une ligne' }).click();
  await arrives(page, 'Ajouter une ligne');
  const label = own('Œufs d’essai');
  await page.getByLabel('Ce qui sera écrit sur la facture').fill(label);
  await page.getByLabel('Prix de l’unité').fill('-2');
  await page.getByRole('button', { name: 'Ajouter la ligne' }).click();
  await expect(page.locator('#champ-unitPriceCents-erreur')).toContainText('sans signe');
  await expect(page.getByLabel('Ce qui sera écrit sur la facture')).toHaveValue(label);
  await page.getByLabel('Prix de l’unité').fill('2,60');
  await page.getByLabel('Quantité').fill('2');
  await page.getByRole('button', { name: 'Ajouter la ligne' }).click();
  await arrives(page, 'Compte de');
  const line = page.locator('#lignes li').filter({ hasText: label });
  await expect(line).toContainText('5,20 €');
  await expect(line).toContainText('à facturer');
  await page.getByRole('button', { name: `Retirer ${label}` }).click();
  await expect(page.getByText('La ligne est retirée.')).toBeVisible();
  await expect(line).toHaveCount(0);

  await page.getByRole('link', { name: 'Relevé de compte' }).click();
  await arrives(page, 'Relevé de compte');
  await expect(page.getByText(remains!.trim()).first()).toBeVisible();
  const pdf = await page.request.get((await page.getByRole('link', { name: 'Imprimer (PDF)' }).getAttribute('href'))!);
  expect(pdf.headers()['content-type']).toBe('application/pdf');
  await page.goto(`${compte}/releve?du=2025-10-10&au=2025-10-01`);
  await expect(page.locator('#champ-au-erreur')).toContainText('avant le début');
});

test('containers are lent, counted, and what was told by mistake is taken back', async ({ page }) => {
  const compte = await account(page);
  const name = own('Caisse d’essai');
  await page.goto(`${home}/contenants/nouveau`);
  await page.getByLabel('Nom', { exact: true }).fill(name);
  await page.getByLabel('Consigne', { exact: true }).fill('cinq');
  await page.getByRole('button', { name: 'Ajouter', exact: true }).click();
  await expect(page.locator('#champ-depositCents-erreur')).toContainText('montant');
  await page.getByLabel('Consigne', { exact: true }).fill('5');
  await page.getByRole('button', { name: 'Ajouter', exact: true }).click();
  await arrives(page, 'Contenants');

  const note = async (quantity: string, kind: RegExp) => {
    const summary = page.getByText('Noter un contenant confié ou rendu');
    if (!(await page.getByLabel('Nombre').isVisible())) await summary.click();
    await page.getByRole('radio', { name: kind }).check();
    await page.getByLabel('Contenant', { exact: true }).selectOption({ label: `${name} (5,00\u00a0€)` });
    await page.getByLabel('Nombre').fill(quantity);
    await page.getByRole('button', { name: 'Noter' }).click();
  };
  await page.goto(compte);
  await note('2', /^confié/);
  const held = page.locator('#contenants').getByText(`2 ${name} (10,00 € de consigne)`);
  await expect(held).toBeVisible();
  await note('3', /^rendu au jardin/);
  await expect(page.locator('#champ-quantity-erreur')).toContainText('n’en a que 2');
  await expect(page.getByLabel('Nombre')).toHaveValue('3');
  await page.goto(compte);
  await page.getByText(/^Mouvements des contenants/).click();
  await page.getByRole('button', { name: new RegExp(`^Annuler ${name}`) }).click();
  await expect(page.getByText('Le mouvement est annulé, avec sa consigne.')).toBeVisible();
  await expect(held).toHaveCount(0);

  await page.goto(`${home}/contenants`);
  await page.getByRole('link', { name, exact: true }).click();
  await page.getByRole('button', { name: 'Ne plus proposer ce contenant' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Archiver' }).click();
  await expect(page.getByRole('row').filter({ hasText: name })).toContainText('archivé');
});

test('a kind of membership falls from a day of the year on; balances brought over say how they were read', async ({ page }) => {
  const name = own('Adhésion d’essai');
  await page.goto(`${home}/adhesions/nouveau`);
  await page.getByLabel('Nom', { exact: true }).fill(name);
  await page.getByLabel('Prix d’une année entière').fill('20');
  await page.getByRole('radio', { name: 'Il baisse une fois, à une date' }).check();
  await page.getByRole('button', { name: 'Ajouter', exact: true }).click();
  await expect(page.locator('#champ-pivotCents-erreur')).toContainText('prix');
  await page.getByLabel('Prix à partir de ce jour').fill('10');
  await page.getByRole('button', { name: 'Ajouter', exact: true }).click();
  await arrives(page, 'Adhésions');
  await expect(page.getByRole('row').filter({ hasText: name })).toContainText('10,00 € à partir du 1er juillet');
  await page.getByRole('link', { name, exact: true }).click();
  await page.getByRole('button', { name: 'Ne plus proposer cette adhésion' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Archiver' }).click();
  await expect(page.getByRole('row').filter({ hasText: name })).toContainText('archivée');

  await page.getByRole('link', { name: 'Soldes repris' }).click();
  await expect(page.getByText('Tout est écrit.')).toBeVisible();
  await page.getByRole('link', { name: 'Ce n’était pas le bon sens ?' }).click();
  await expect(page.getByText(/doit .* au jardin/).first()).toBeVisible();
  await page.getByRole('link', { name: 'C’est vrai : voir le résultat' }).nth(1).click();
  await expect(page.getByText('Les soldes changent de sens')).toBeVisible();
});
