import { expect, type Page, test } from '@playwright/test';
import { customers } from './customers.ts';
import { home, session } from './sign-in.ts';

/** A subscription from its first day to its last, on somebody's record. Each screen size has people of its own in the demonstration. */

const own = (place: number) => (test.info().project.name.startsWith('écran') ? 0 : 10) + place;
const section = (page: Page) => page.locator('#abonnements');
/** The record of somebody with a subscription, apart from those of the other tests. */
async function openSomeone(page: Page, place: number): Promise<string> {
  const { path } = (await customers(page))[90 + own(place)]!;
  await page.goto(path);
  return path;
}

test.use({ storageState: session('ventes') });

test('somebody is subscribed in one path: plan, how, dates and price, then it waits for the payment and starts', async ({ page }) => {
  const path = await openSomeone(page, 0);
  const before = await section(page).getByRole('listitem').count();
  await section(page).getByRole('link', { name: 'Nouvel abonnement' }).click();
  await page.getByRole('link', { name: /Essai/ }).click();
  await page.getByLabel('Quantité').fill('0');
  await page.getByRole('button', { name: 'Voir les dates et le prix' }).click();
  await expect(page.getByLabel('Quantité')).toHaveValue('0');
  await expect(page.getByText('Écrivez un nombre entier').first()).toBeVisible();
  await page.getByLabel('Quantité').fill('1');
  await page.getByRole('button', { name: 'Voir les dates et le prix' }).click();
  const shown = page.locator('#apercu');
  await expect(shown).toContainText('4 livraisons');
  await expect(shown).toContainText('Total');
  const beyond = page.getByLabel(/Dépasser la capacité/);
  if (await beyond.isVisible()) await beyond.check();
  await page.getByRole('button', { name: 'Enregistrer l’abonnement' }).dblclick();
  await expect(page).toHaveURL(new RegExp(`${path}(#|$)`));
  await expect(section(page).getByRole('listitem')).toHaveCount(before + 1);
  const made = section(page).getByRole('listitem').filter({ hasText: 'En attente' });
  await expect(made).toContainText('4 paniers achetés');
  await made.getByRole('button', { name: 'Paiement reçu' }).click();
  await expect(section(page).getByText('En attente')).toHaveCount(0);
  await expect(page.locator('#paniers')).toContainText('1 ');
});

test('it changes from a Monday on, the change is withdrawn, it ends, and it is taken back', async ({ page }) => {
  const path = await openSomeone(page, 1);
  const one = section(page).getByRole('listitem').first();
  await one.getByRole('link', { name: /^Changer/ }).click();
  await page.getByLabel('À partir de').selectOption({ index: 2 });
  await page.getByLabel('Quantité').fill('3');
  await page.getByRole('button', { name: 'Voir ce qui change' }).click();
  await expect(page.locator('#apercu')).toContainText('3 ');
  const beyond = page.getByLabel(/Dépasser la capacité/);
  if (await beyond.isVisible()) await beyond.check();
  await page.getByRole('button', { name: 'Enregistrer le changement' }).click();
  await expect(section(page)).toContainText(/À partir du lundi .*\s: 3 /);
  await one.getByRole('link', { name: /^Changer/ }).click();
  await page.getByRole('button', { name: /^Retirer/ }).click();
  await expect(section(page)).not.toContainText('À partir du lundi');

  await one.getByRole('link', { name: /^Terminer/ }).click();
  await page.getByLabel('Raison').selectOption('Déménagement');
  await page.getByRole('button', { name: 'Voir ce qui change' }).click();
  await page.getByRole('button', { name: 'Terminer l’abonnement' }).click();
  await expect(section(page)).toContainText('Déménagement');
  await section(page)
    .getByRole('link', { name: /^Reprendre/ })
    .click();
  await page.getByRole('button', { name: 'Reprendre l’abonnement' }).click();
  await expect(page).toHaveURL(new RegExp(`${path}(#|$)`));
  await expect(section(page)).not.toContainText('Déménagement');
});

test('the list counts and filters; a membership is added', async ({ page }) => {
  await page.goto(`${home}/abonnements`);
  await page.getByRole('link', { name: /en attente/ }).click();
  await expect(page.locator('tbody tr')).not.toHaveCount(0);
  for (const row of await page.locator('tbody tr').all()) await expect(row).toContainText('En attente');
  await openSomeone(page, 2);
  await page.getByRole('link', { name: 'Ajouter une adhésion' }).click();
  await page.getByLabel('Début').fill('2031-01-01');
  await page.getByLabel('Fin').fill('2031-12-31');
  await page.getByLabel('Montant').fill('12,50');
  await page.getByRole('button', { name: 'Enregistrer l’adhésion' }).click();
  await expect(page.getByText(/L’adhésion est enregistrée/)).toBeVisible();
});
