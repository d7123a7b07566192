import { expect, type Page, test } from '@playwright/test';
import { home, session } from './sign-in.ts';

/** The calendar of a garden, on Monday of week 43: what is closed or moved is taken back at the end, for the tests that follow. */

const onPhone = () => !test.info().project.name.startsWith('écran');
const calendar = `${home}/calendrier`;
const message = (page: Page) => page.getByRole('status');

/** Takes back the latest operation. */
async function undoLast(page: Page): Promise<void> {
  await page.goto(`${home}/operations`);
  const latest = page
    .getByRole('listitem')
    .filter({ has: page.getByRole('button', { name: /^Annuler/ }) })
    .first();
  await latest.getByRole('button', { name: /^Annuler «/ }).click();
  await page.getByRole('button', { name: 'Annuler l’opération' }).first().click();
  await expect(message(page)).toContainText('est annulé');
}

test.describe('whoever keeps the calendar', () => {
  test.use({ storageState: session('administrateur') });

  test('ticks weeks to close: who is concerned first, then in one step, then back again', async ({ page }) => {
    const week = onPhone() ? 49 : 50;
    const cell = page.locator(`#semaine-${week}`);
    await page.goto(`${calendar}/fermetures`);
    await page.getByLabel(`Semaine ${week}`).check();
    await page.getByRole('button', { name: 'Voir ce qui change' }).click();
    await expect(page.getByRole('alert')).toContainText('Dites ce que deviennent les paniers');
    await expect(page.getByLabel(`Semaine ${week}`)).toBeChecked();

    await page.getByLabel('Reportés à une autre semaine').check();
    await page.getByRole('button', { name: 'Voir ce qui change' }).click();
    await expect(page.getByRole('heading', { name: `Fermeture de la semaine ${week} (2025)` })).toBeVisible();
    await expect(page.getByText(/clients concernés/)).toBeVisible();
    await expect(page.getByLabel('Ses paniers')).toHaveValue(`2025-${week + 1}`);

    // Another choice than the one that was looked at is looked at first.
    await page.getByLabel('Ses paniers').selectOption('make_up');
    await page.getByRole('button', { name: 'Confirmer' }).click();
    await expect(page.getByText('Rien n’est encore fait')).toBeVisible();
    await page.goto(calendar);
    await expect(cell.getByRole('link', { name: 'fermée' })).toHaveCount(0);

    await page.goto(`${calendar}/fermetures`);
    await page.getByLabel(`Semaine ${week}`).check();
    await page.getByLabel('À rattraper').check();
    await page.getByRole('button', { name: 'Voir ce qui change' }).click();
    await page.getByRole('checkbox', { name: 'Prévenir les abonnés' }).uncheck();
    await page.getByRole('button', { name: 'Confirmer' }).click();
    await expect(message(page)).toContainText(`Fermeture de la semaine ${week}`);
    await expect(cell).toContainText('fermée');

    await undoLast(page);
    await page.goto(calendar);
    await expect(cell.getByText('fermée')).toHaveCount(0);
  });

  test('decides a bank holiday for one tour: it is no longer asked', async ({ page }) => {
    await page.goto(home);
    await expect(page.getByText('férié à décider')).toBeVisible();
    await page.getByRole('link', { name: 'Décider' }).click();
    const question = page.getByRole('group', { name: /^ME2/ }).first();
    await expect(question).toContainText('préparée ce jour férié');
    await expect(question.getByLabel('Décider plus tard')).toBeChecked();
    await question.getByRole('radio', { name: /Jeudi 13 novembre/ }).check();
    await page.getByRole('button', { name: 'Voir ce qui change' }).click();
    await expect(page.getByText(/paniers déplacés/)).toBeVisible();
    await page.getByRole('checkbox', { name: 'Prévenir les abonnés' }).uncheck();
    await page.getByRole('button', { name: 'Confirmer' }).click();
    await expect(page.getByRole('listitem').filter({ hasText: 'ME2' })).toContainText('livraison le jeudi 13 novembre');
    await expect(page.getByRole('group', { name: /^ME2/ })).toHaveCount(0);
    await undoLast(page);
  });

  test('moves a delivery within its week; who comes second is told', async ({ page, context }) => {
    await page.goto(calendar);
    await page
      .locator('#semaine-48')
      .getByRole('link')
      .nth(onPhone() ? 0 : 1)
      .click();
    await page.getByRole('link', { name: 'Déplacer ou fermer' }).click();
    const late = await context.newPage();
    await late.goto(page.url());

    await expect(page.getByLabel('Jour', { exact: true }).getByRole('option')).toHaveCount(7);
    await page.getByLabel('Jour', { exact: true }).selectOption('2025-11-25');
    await page.getByLabel('Remarque').fill('foire de la Saint-André');
    await page.getByRole('button', { name: 'Voir ce qui change' }).click();
    await expect(page.getByText(/paniers déplacés/)).toBeVisible();
    await page.getByRole('checkbox', { name: 'Prévenir les abonnés' }).uncheck();
    await page.getByRole('button', { name: 'Confirmer' }).click();
    await expect(page.getByText('Livraison déplacée')).toContainText('foire de la Saint-André');

    await late.getByLabel('Jour', { exact: true }).selectOption('2025-11-27');
    await late.getByRole('button', { name: 'Voir ce qui change' }).click();
    await expect(late.getByRole('alert')).toContainText('Quelqu’un d’autre vient de changer cette livraison');
    await late.close();
    await undoLast(page);
  });

  test('leaves alone a delivery that is frozen', async ({ page }) => {
    await page.goto(calendar);
    await page.locator('#semaine-43').getByRole('link').first().click();
    await expect(page.getByRole('link', { name: 'Déplacer ou fermer' })).toHaveCount(0);
    await page.goto(`${page.url()}/changer`);
    await expect(page.getByText('Cette livraison ne change plus')).toBeVisible();
    await expect(page.getByRole('button', { name: 'Voir ce qui change' })).toHaveCount(0);
  });

  test('names a season; a wrong period is told beside the field', async ({ page }) => {
    const name = onPhone() ? 'Automne' : 'Fin d’année';
    await page.goto(`${home}/saisons`);
    await expect(page.getByRole('heading', { name: 'La semaine type' })).toBeVisible();
    await page.getByRole('link', { name: 'Nouvelle saison' }).click();
    await page.getByLabel('Nom').fill(name);
    await page.getByLabel('Premier jour').fill('2025-12-01');
    await page.getByLabel('Dernier jour').fill('2025-11-01');
    await page.getByRole('button', { name: 'Créer la saison' }).click();
    await expect(page.getByText('Une saison finit après son début.').last()).toBeVisible();
    await expect(page.getByLabel('Nom')).toHaveValue(name);
    await page.getByLabel('Dernier jour').fill('2025-12-28');
    await page.getByRole('button', { name: 'Créer la saison' }).click();
    await expect(page.getByRole('heading', { name })).toBeVisible();
  });
});

test.describe('whoever prepares', () => {
  test.use({ storageState: session('preparation') });

  test('reads the calendar and its holidays', async ({ page }) => {
    await page.goto(`${calendar}/feries`);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Jours fériés 2025');
  });
});
