import { expect, type Page, test } from '@playwright/test';
import { home, session } from './sign-in.ts';

/** Direct debits: what came of the last one, what the next one says, and the mandate of somebody who signs, moves and leaves. */

test.use({ storageState: session('administrateur') });

const debits = `${home}/prelevements`;
const wide = () => test.info().project.name.startsWith('écran');
const arrives = (page: Page, title: string | RegExp) => expect(page.getByRole('heading', { level: 1 })).toContainText(title);

test('last month’s debit: its file, and why two came back', async ({ page }) => {
  await page.goto(debits);
  await arrives(page, 'Prélèvements');
  await page.getByRole('row').filter({ hasText: 'argent arrivé' }).getByRole('link').first().click();
  await expect(page.locator('main')).toContainText('(2 rejets)');
  const rejected = page.getByRole('row').filter({ hasText: 'rejeté' });
  await expect(rejected).toHaveCount(2);
  const file = await page.request.get(`${new URL(page.url()).pathname}/fichier`);
  expect(file.status()).toBe(200);
  expect(await file.text()).toContain('pain.008.001.08');
  await rejected.filter({ hasText: 'pas assez d’argent' }).getByRole('link').first().click();
  await expect(page.getByRole('dialog')).toContainText('Convenez avec le client');
});

test('the debit in preparation: a line is put aside and taken in again', async ({ page }) => {
  await page.goto(debits);
  await page.getByRole('row').filter({ hasText: 'en préparation' }).getByRole('link').first().click();
  await expect(page.getByRole('heading', { name: 'Prévenir les clients' })).toBeVisible();
  const here = new URL(page.url()).pathname;
  await page
    .locator('tbody tr')
    .nth(wide() ? 4 : 6)
    .getByRole('link')
    .first()
    .click();
  await page.getByRole('button', { name: 'Mettre de côté cette fois' }).click();
  await expect(page.getByText('La ligne est mise de côté')).toBeVisible();
  await page.goto(`${here}?etat=cote`);
  await page.locator('tbody tr').getByRole('link').first().click();
  await page.getByRole('button', { name: 'Reprendre dans le prélèvement' }).click();
  await expect(page.getByText('La ligne est reprise')).toBeVisible();
});

test('a day on which banks are closed is told, with the next one', async ({ page }) => {
  await page.goto(`${debits}/nouveau?date=2027-01-01`);
  await expect(page.getByText(/Les banques sont fermées ce jour-là\s: choisissez le lundi 4 janvier 2027/)).toBeVisible();
});

test('a mandate: refused with a wrong IBAN, signed, moved to another bank, ended', async ({ page }) => {
  const last = wide() ? 'Mandat-Bureau' : 'Mandat-Poche';
  await page.goto(`${home}/clients/nouveau`);
  await page.getByLabel('Nom, ou nom de la structure').fill(last);
  await page.getByRole('button', { name: 'Créer le client' }).click();
  await arrives(page, last);
  const record = page.url();

  await page.goto(`${debits}/mandats/nouveau?q=${last}`);
  await page.getByRole('link', { name: last }).click();
  await page.getByLabel('IBAN').fill('FR76 3000 6000 0112 3456 7890 188');
  await page.getByRole('button', { name: 'Enregistrer le mandat' }).click();
  await expect(page.locator('#champ-iban-erreur')).toContainText('chiffre de l’IBAN est faux');
  await page.getByLabel('IBAN').fill('FR76 3000 6000 0112 3456 7890 189');
  await page.getByLabel('Un accord donné en ligne').check();
  await page.getByLabel('Message d’accord').fill('Par courriel : « C’est d’accord. »');
  await page.getByRole('button', { name: 'Enregistrer le mandat' }).click();
  await expect(page.getByText('est enregistré')).toBeVisible();
  await expect(page.locator('main')).toContainText('FR76 3000 6000 0112 3456 7890 189');
  const proof = await page.getByRole('link', { name: 'Message gardé 1' }).getAttribute('href');
  expect(await (await page.request.get(proof!)).text()).toContain('C’est d’accord');

  await page.locator('summary').filter({ hasText: 'a changé de compte' }).click();
  await page.getByLabel('Nouvel IBAN').fill('DE89 3704 0044 0532 0130 00');
  await page.getByRole('button', { name: 'Changer le compte' }).click();
  await expect(page.locator('main')).toContainText('DE89 3704 0044 0532 0130 00');
  await page.locator('summary').filter({ hasText: 'Terminer ce mandat' }).click();
  await page.getByRole('button', { name: 'Terminer le mandat' }).click();
  await expect(page.getByText('terminé').first()).toBeVisible();

  await page.goto(record);
  await page
    .getByRole('button', { name: /^Archiver/ })
    .first()
    .click();
  await page.getByRole('dialog').getByRole('button', { name: 'Archiver' }).click();
  await expect(page.getByText(/archivé/).first()).toBeVisible();
});
