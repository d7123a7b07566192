import { expect, test } from '@playwright/test';
import { garden, home, session } from './sign-in.ts';

/** Jeanne, who buys: her next basket put off in two taps and back again, and nothing of anybody else. */

test.describe('a subscriber at home', () => {
  test.use({ storageState: session('cliente') });

  test('puts a basket off in two taps, sees it said, and takes it back', async ({ page }) => {
    await page.goto('/mon-compte');
    await expect(page).toHaveURL(new RegExp(`/mon-compte/${garden}/\\d+$`));
    await expect(page.getByRole('heading', { level: 1, name: 'Mes paniers' })).toBeVisible();
    const mine = page.url();
    // The last one shown: the walk of the other browser has the others.
    await page
      .getByRole('link', { name: /^Reporter le panier du/ })
      .last()
      .click();
    const day = page
      .getByRole('group', { name: /Quel jour voulez-vous ce panier/ })
      .getByRole('button')
      .last();
    await day.click();
    await expect(page).toHaveURL(mine);
    await expect(page.getByRole('status').filter({ hasText: 'C’est fait. Votre panier du' })).toContainText('reporté au');
    const off = page.locator('article').filter({ hasText: 'Reporté au' }).last();
    await off.getByRole('link', { name: /^Changer/ }).click();
    await page.getByRole('button', { name: 'Revenir en arrière' }).first().click();
    await expect(page.getByRole('status').filter({ hasText: 'Votre demande est retirée' })).toBeVisible();
  });

  test('is told what is missing, and keeps what was typed', async ({ page }) => {
    await page.goto('/mon-compte');
    await page
      .getByRole('link', { name: /^Autre/ })
      .first()
      .click();
    await page.getByRole('link', { name: /^En recevoir plus/ }).click();
    await page.getByLabel('Combien en plus ?').fill('beaucoup');
    await page.getByRole('button', { name: 'Recevoir ce panier de plus' }).click();
    await expect(page.getByLabel('Combien en plus ?')).toHaveValue('beaucoup');
    await expect(page.getByText('Écrivez un nombre de 1 à 20.').first()).toBeVisible();
  });

  test('has a calendar by month, and nothing of another record', async ({ page }) => {
    await page.goto('/mon-compte');
    const mine = new URL(page.url()).pathname;
    await page.goto(`${mine}/paniers`);
    await expect(page.getByRole('table')).toBeVisible();
    await page.getByRole('navigation', { name: 'Mois' }).getByRole('link').last().click();
    await expect(page).toHaveURL(/mois=\d{4}-\d{2}/);
    const other = mine.replace(/\d+$/, (id) => String(Number(id) + 1));
    for (const path of [other, `${other}/paniers`, `${other}/agenda`, home]) expect((await page.goto(path))!.status(), path).toBe(404);
  });
});

test.describe('somebody of the garden', () => {
  test.use({ storageState: session('ventes') });

  test('sees an account as its customer does, and changes nothing there', async ({ page }) => {
    await page.goto(`${home}/clients?abonnement=avec`);
    await page.locator('tbody a').first().click();
    await page.getByRole('link', { name: 'Voir comme ce client' }).click();
    await expect(page.getByText('rien ne peut y être changé')).toBeVisible();
    await page.goto(`${page.url()}/agenda`);
    await expect(page.getByRole('button', { name: /adresse/ })).toBeDisabled();
    await page.getByRole('link', { name: 'Revenir à sa fiche' }).click();
    await expect(page.getByText(/Vu par l’équipe/)).toBeVisible();
  });
});
