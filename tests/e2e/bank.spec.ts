import { expect, type Page, test } from '@playwright/test';
import { home, session } from './sign-in.ts';

/** The bank: a file read once, a line that nobody knows, posted, undone, put aside. Each screen size has a file of its own, whose lines end put aside. */

test.use({ storageState: session('comptabilite') });

const bank = `${home}/banque`;
const wide = () => test.info().project.name.startsWith('écran');
/** Words that no other file has. */
const mark = () => `essai ${wide() ? 'bureau' : 'telephone'} ${test.info().project.name.length}${test.info().retry}`;
const file = () => ({
  name: `releve ${mark()}.csv`,
  mimeType: 'text/csv',
  buffer: Buffer.from(`Date;Libellé;Montant\n05/11/2025;ACHAT FICELLE ${mark()};-12,34\n06/11/2025;DEPOT INCONNU ${mark()};56,78\n`),
});

async function send(page: Page, given: { name: string; mimeType: string; buffer: Buffer }): Promise<void> {
  await page.goto(`${bank}/nouveau`);
  await page.getByLabel('Relevé ou avis d’opérations').setInputFiles(given);
  await page.getByRole('button', { name: 'Lire le fichier' }).click();
}

/** The page of a line, found by its words. */
async function open(page: Page, words: string): Promise<void> {
  await page.goto(`${bank}/lignes?q=${encodeURIComponent(`${words} ${mark()}`)}`);
  await page.getByRole('rowheader').getByRole('link').first().click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText('€');
}

async function putAside(page: Page): Promise<void> {
  await page.getByText('Mettre de côté sans rien enregistrer').click();
  await page.getByLabel('Pourquoi').fill('un essai');
  await page.getByRole('button', { name: 'Mettre de côté' }).click();
  await expect(page.getByText('La ligne est mise de côté')).toBeVisible();
}

test('a file is read once; a line is posted, undone, and put aside', async ({ page }) => {
  await send(page, { name: 'clients.csv', mimeType: 'text/csv', buffer: Buffer.from('Nom;Ville\nMartin;Metz\n') });
  await expect(page.locator('#champ-file-erreur')).toContainText('il faut une colonne pour la date');
  await send(page, file());
  await expect(page.getByText('2 lignes ajoutées.')).toBeVisible();
  await send(page, file());
  await expect(page.getByText('Ce fichier était déjà lu')).toBeVisible();
  await expect(page.getByRole('row').filter({ hasText: mark() })).toHaveCount(2);

  await open(page, 'ACHAT FICELLE');
  await page.getByLabel('Frais, achat, virement interne…').selectOption('658000');
  await page.getByRole('button', { name: 'Passer sur ce compte' }).click();
  await expect(page.getByText('C’est passé en comptabilité')).toBeVisible();
  await open(page, 'ACHAT FICELLE');
  await expect(page.locator('main')).toContainText('658000');
  await page.getByRole('button', { name: 'Défaire ce rapprochement' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Défaire' }).click();
  await expect(page.getByText('la ligne est de nouveau à traiter')).toBeVisible();
  await putAside(page);

  await open(page, 'DEPOT INCONNU');
  await page.getByLabel('Nom ou numéro du client').fill('personne de ce nom');
  await page.getByRole('button', { name: 'Chercher' }).click();
  await expect(page.getByText('Aucun client ne correspond')).toBeVisible();
  await putAside(page);
  await page.goto(`${bank}/lignes?q=${encodeURIComponent(mark())}`);
  await expect(page.getByRole('row').filter({ hasText: 'Mise de côté' })).toHaveCount(2);
  const exported = await page.request.get(`${bank}/lignes/export?q=${encodeURIComponent(mark())}`);
  expect(await exported.text()).toContain('DEPOT INCONNU');
});

test('what waits says what it may be, and the last statement was dealt with', async ({ page }) => {
  await page.goto(bank);
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Banque');
  await expect(page.getByRole('heading', { name: 'CTE JT PORTABLE' })).toBeVisible();
  await expect(page.getByRole('button', { name: /Accepter l/ })).toBeVisible();
  await page.getByRole('link', { name: 'Fichiers lus' }).click();
  await expect(page.getByText('tout est traité').first()).toBeVisible();
});
