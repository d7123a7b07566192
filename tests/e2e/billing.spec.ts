import { expect, type Page, test } from '@playwright/test';
import { session } from './sign-in.ts';

/** A month is billed in a small garden, where nobody else is at work, and taken back: each screen size finds it as it was. */
const vallon = '/gestion/potager-du-vallon';
const heading = (page: Page) => page.getByRole('heading', { level: 1 });

test.describe('billing', () => {
  test.use({ storageState: session('stranger') });

  test('what is due is seen, billed once, and taken back by credit notes', async ({ page }) => {
    await page.goto(`${vallon}/facturation`);
    await page.getByRole('link', { name: 'Nouvelle facturation' }).click();
    await expect(heading(page)).toHaveText('Facturer');
    await page.getByRole('button', { name: 'Voir ce qui serait facturé' }).click();
    const todo = page.getByRole('heading', { level: 2, name: /factures?/ }).first();
    await expect(todo).toBeVisible();
    const told = await todo.innerText();
    await page.getByLabel('Nom de cette facturation').fill('Essai du parcours');
    // A due day before the invoices' own is refused, and what was typed stays.
    const due = page.getByLabel('À régler avant le');
    const right = await due.inputValue();
    await due.fill('2020-01-01');
    await page.getByRole('button', { name: /^Faire / }).click();
    await expect(page.getByText('L’échéance ne peut pas précéder la date des factures.').first()).toBeVisible();
    await expect(page.getByLabel('Nom de cette facturation')).toHaveValue('Essai du parcours');
    await page.getByLabel('À régler avant le').fill(right);
    await page.getByRole('button', { name: /^Faire / }).click();

    await expect(heading(page)).toContainText('Essai du parcours');
    await expect(page.getByText('Terminée', { exact: true })).toBeVisible();
    await expect(page.getByText(told, { exact: true })).toBeVisible();
    const run = page.url();
    // All of it is billed: there is nothing left to bill for the same day.
    await page.goto(`${vallon}/facturation/nouvelle?voir=oui&jusqua=${await today(page)}`);
    await expect(page.getByRole('heading', { name: /^Rien à facturer au/ })).toBeVisible();

    await page.goto(run);
    await page.getByRole('button', { name: 'Annuler…' }).click();
    await page.getByRole('button', { name: /^Annuler par/ }).click();
    await expect(page.getByText('chaque client retrouve son solde d’avant')).toBeVisible();
    await expect(page.getByText('annulée par un avoir').first()).toBeVisible();
    await page.goto(`${vallon}/facturation/nouvelle?voir=oui&jusqua=${await today(page)}`);
    await expect(page.getByRole('heading', { level: 2, name: told })).toBeVisible();
  });

  test('the schedule of a subscription says what was billed and what will be', async ({ page }) => {
    await page.goto(`${vallon}/clients?abonnement=avec`);
    await page.getByRole('row').nth(1).getByRole('link').first().click();
    await page
      .getByRole('link', { name: /échéancier/ })
      .first()
      .click();
    await expect(heading(page)).toHaveText('Échéancier');
    await expect(page.getByText('Tous ses paniers')).toBeVisible();
    await expect(page.getByRole('heading', { name: 'Déjà facturé' })).toBeVisible();
  });
});

/** The day that the form proposes: the demonstration's own. */
async function today(page: Page): Promise<string> {
  await page.goto(`${vallon}/facturation/nouvelle`);
  return page.getByLabel('Tout ce qui est dû jusqu’au').inputValue();
}
