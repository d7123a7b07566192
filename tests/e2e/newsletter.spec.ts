import { expect, test } from '@playwright/test';
import { home, session } from './sign-in.ts';

/** Recipes and the page that goes with the baskets: written, proposed, seen as it is printed. Each screen size has names of its own. */

test.use({ storageState: session('ventes') });

const own = (name: string) => `${name}, ${test.info().project.name.startsWith('écran') ? 'bureau' : 'téléphone'}`;

test('a recipe is written, shared, taken back and put away', async ({ page }) => {
  const name = own('Soupe de poireaux');
  await page.goto(`${home}/recettes/nouvelle`);
  await page.getByLabel('Nom de la recette').fill(name);
  await page.getByLabel('Temps').fill('vingt');
  await page.getByLabel('Ingrédients').fill('3 poireaux\n2 navets');
  await page.getByLabel('Préparation').fill('Couper.\nCuire.');
  await page.getByRole('button', { name: 'Enregistrer la recette' }).click();
  await expect(page.locator('#champ-minutes-erreur')).toContainText('nombre entier');
  await expect(page.getByLabel('Ingrédients')).toHaveValue('3 poireaux\n2 navets');
  await page.getByLabel('Temps').fill('90');
  await page.getByRole('button', { name: 'Enregistrer la recette' }).click();
  await expect(page.getByText(/^Avec\s: .*Poireau/)).toBeVisible();
  await expect(page.getByText('1 h 30')).toBeVisible();

  await page.getByRole('button', { name: 'Partager', exact: true }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Partager la recette' }).click();
  await expect(page.getByText('partagée', { exact: true })).toBeVisible();
  await page.goto(`${home}/recettes/reseau`);
  await expect(page.getByRole('row').filter({ hasText: name })).toContainText('la vôtre');
  await page.getByRole('link', { name }).click();
  await page.getByRole('link', { name: 'Voir votre recette' }).click();
  await page.getByRole('button', { name: 'Ne plus partager' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Ne plus partager' }).click();
  await page.getByRole('button', { name: 'Archiver' }).first().click();
  await page.getByRole('dialog').getByRole('button', { name: 'Archiver' }).click();
  await expect(page.getByRole('status').first()).toContainText('archivée');
  await expect(page.getByRole('link', { name })).toHaveCount(0);
});

test('news are taken up from the week before, a recipe chosen, and the page seen as it is printed', async ({ page }) => {
  // A day of its own, to come, for each screen size.
  const day = test.info().project.name.startsWith('écran') ? '2025-11-26' : '2025-12-03';
  await page.goto(`${home}/feuille-de-chou/${day}?reprendre=1`);
  await expect(page.getByLabel('Nouvelles', { exact: false }).last()).not.toHaveValue('');
  await page.getByLabel('Titre des nouvelles').fill('Bientôt l’hiver');
  await page.getByText('Pas de recette').click();
  await page.getByRole('button', { name: 'Enregistrer et voir' }).click();
  await expect(page.getByRole('status').first()).toContainText('enregistrée');
  await expect(page.getByRole('img', { name: /^Aperçu de la feuille du mercredi/ })).toContainText('Bientôt l’hiver');
  const pdf = await page.request.get(`${home}/feuille-de-chou/${day}/feuille.pdf`);
  expect(pdf.headers()['content-type']).toBe('application/pdf');

  await page.getByRole('link', { name: 'Ce que voient les abonnés' }).click();
  await expect(page.getByText('pas encore visible')).toBeVisible();
});

test.describe('somebody who prepares', () => {
  test.use({ storageState: session('preparation') });
  test('reads and prints, and changes nothing', async ({ page }) => {
    await page.goto(`${home}/feuille-de-chou`);
    await page.getByRole('link', { name: /^Voir/ }).first().click();
    await expect(page.getByRole('button', { name: 'Enregistrer et voir' })).toHaveCount(0);
    await expect(page.getByRole('link', { name: 'Imprimer (PDF)' })).toBeVisible();
    await page.goto(`${home}/recettes`);
    await expect(page.getByRole('link', { name: 'Écrire une recette' })).toHaveCount(0);
  });
});
