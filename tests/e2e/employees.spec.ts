import { expect, test } from '@playwright/test';
import { home, session } from './sign-in.ts';

/** What an employee signed, the list for payroll, a month that is given to it: one of its own for each kind of screen, since a month is given once. */

test.use({ storageState: session('administrateur') });

test('an agreement is noted; the month is read, printed, given once', async ({ page }) => {
  const wide = test.info().project.name === 'écran large';
  const name = `Salariée ${wide ? 'bureau' : 'téléphone'} ${Date.now() % 100_000}`;
  await page.goto(`${home}/clients/nouveau`);
  await page.getByLabel('Nom, ou nom de la structure').fill(name);
  await page.getByRole('button', { name: /^(Enregistrer|Créer)/ }).click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText(name);

  const list = `${home}/paniers-salaries`;
  await page.goto(list);
  const before = new URL(
    (await page.getByRole('navigation', { name: 'Mois' }).getByRole('link').first().getAttribute('href'))!,
    page.url(),
  );
  // The wide screen gives this month to payroll, the telephone the one before.
  const month = wide ? new URL(list, page.url()) : before;

  await page.goto(`${list}/autorisations/nouvelle`);
  await page.getByLabel('Nom, numéro, téléphone ou e-mail').fill(name);
  await page.getByRole('button', { name: 'Chercher' }).click();
  await page.getByRole('link', { name }).click();
  await expect(page.getByText('À confirmer avec votre gestionnaire de paie')).toBeVisible();
  await page.getByRole('radio', { name: 'Un montant fixe par mois' }).check();
  await page.getByLabel('Montant fixe', { exact: true }).fill('30');
  await page.getByLabel('Plafond par mois').fill('20');
  await page.getByLabel('Où est rangé le papier signé').fill('Armoire du bureau');
  await page.getByLabel('À partir du').fill(`${before.searchParams.get('mois')}-01`);
  await page.getByRole('checkbox', { name: /dixième/ }).check();
  await page.getByRole('button', { name: 'Noter l’autorisation' }).click();
  await expect(page.getByText('Pas plus que le plafond.').first()).toBeVisible();
  await page.getByLabel('Plafond par mois').fill('45');
  await page.getByRole('button', { name: 'Noter l’autorisation' }).click();
  await expect(page.getByText('L’autorisation est notée.')).toBeVisible();

  await page.goto(month.href);
  await expect(page.getByRole('row').filter({ hasText: name })).toContainText('30,00');
  const sheet = await page.request.get((await page.getByRole('link', { name: 'Liste pour la paie' }).getAttribute('href'))!);
  expect((await sheet.body()).subarray(0, 4).toString()).toBe('%PDF');
  const table = (await page.getByRole('link', { name: 'Tableau' }).getAttribute('href'))!.replace('format=xlsx', 'format=csv');
  expect(await (await page.request.get(table)).text()).toContain(name);
  await page.getByRole('button', { name: 'Arrêter ce mois' }).click();
  await page.getByRole('button', { name: 'Arrêter le mois' }).click();
  await expect(page.getByText('Ce mois est arrêté')).toBeVisible();
  await expect(page.getByRole('row').filter({ hasText: name })).toContainText('30,00');
  await expect(page.getByRole('button', { name: 'Arrêter ce mois' })).toHaveCount(0);
});
