import { expect, type Page, test } from '@playwright/test';
import { home, session } from './sign-in.ts';

/** The accountant reads, writes by hand and takes files away. What is written is taken back; nothing is closed: other walks go on. */

test.use({ storageState: session('comptabilite') });

const base = `${home}/comptabilite`;
const arrives = (page: Page, title: string | RegExp) => expect(page.getByRole('heading', { level: 1 })).toContainText(title);

test('an entry written by hand: what is wrong is told beside its line, what was typed stays; taken back, both are seen', async ({
  page,
}) => {
  const own = `Timbres, essai ${test.info().project.name}`;
  await page.goto(`${base}/ecritures/nouvelle`);
  await arrives(page, 'Écrire une opération');
  await page.getByLabel('Pièce').fill('Ticket 12');
  await page.getByLabel('Libellé').fill(own);
  const line = (place: number) => page.getByRole('group', { name: `Ligne ${place}` });
  await line(1).getByLabel('Compte').selectOption('658000');
  await line(1).getByLabel('Débit').fill('12,90');
  await line(2).getByLabel('Compte').selectOption('530000');
  await line(2).getByLabel('Crédit').fill('12,00');
  await page.getByRole('button', { name: 'Enregistrer l’écriture' }).click();
  await expect(page.getByRole('alert')).toContainText('il manque 0,90');
  await expect(line(1).getByLabel('Débit')).toHaveValue('12,90');
  await page.getByRole('button', { name: 'Plus de lignes' }).click();
  await expect(line(9).getByLabel('Compte')).toBeVisible();
  await line(2).getByLabel('Crédit').fill('12,90');
  await page.getByRole('button', { name: 'Enregistrer l’écriture' }).click();
  await arrives(page, own);
  await expect(page.getByRole('row', { name: /658000/ })).toContainText('12,90');

  await page.getByLabel('Pourquoi').fill('Essai terminé');
  await page.getByRole('button', { name: 'Annuler l’écriture' }).click();
  await arrives(page, 'Essai terminé');
  await page.goto(`${base}?q=${encodeURIComponent(own)}`);
  await expect(page.getByRole('row').filter({ hasText: own })).toHaveCount(2);
});

test('accounts lead to their lines, sales agree with the ledger, the control finds nothing', async ({ page }) => {
  await page.goto(`${base}/comptes`);
  await page.getByRole('link', { name: '411000' }).click();
  await arrives(page, '411000 Clients');
  await page.goto(`${base}/ventes?par=depot`);
  await expect(page.getByText('Le journal des ventes dit la même chose')).toBeVisible();
  await page.goto(`${base}/tva`);
  await expect(page.getByRole('table', { name: 'En face des comptes de TVA' })).toContainText('d’accord');
  await page.goto(`${base}/controle`);
  await expect(page.getByText('aucune n’a été touchée')).toBeVisible();
});

test('files: entries, accounts, the FEC in its three forms, the attestation, a signed archive', async ({ page }) => {
  const files = ['ecritures/export', 'comptes/export', 'grand-livre/export', 'ventes/export', 'tva/export', 'comptes/411000/export'];
  for (const file of files) expect((await page.request.get(`${base}/${file}?format=csv`)).status(), file).toBe(200);
  const fec = await page.request.get(`${base}/exports/fec?exercice=2025`);
  expect(fec.headers()['content-disposition']).toMatch(/FEC20251231-provisoire\.txt/);
  const rows = (await fec.body()).toString('latin1').split('\r\n');
  expect(rows[0]!.split('\t')).toHaveLength(18);
  expect((await (await page.request.get(`${base}/exports/fec?exercice=2025&forme=xml`)).text()).slice(0, 60)).toContain('<comptabilite>');
  expect((await page.request.get(`${base}/exports/fec?exercice=25`)).status()).toBe(404);
  const attestation = await page.request.get(`${base}/caisse/attestation.pdf`);
  expect((await attestation.body()).subarray(0, 4).toString()).toBe('%PDF');

  await page.goto(`${base}/caisse`);
  const taken = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Faire l’archive' }).click();
  expect((await taken).suggestedFilename()).toMatch(/^caisse-.*\.jsonl$/);
});

test('a closing is seen before it is done; the way back changes nothing', async ({ page }) => {
  await page.goto(`${base}/clotures`);
  const before = await page.getByText(/^Clôturé jusqu’au/).textContent();
  await page.getByRole('button', { name: 'Voir avant de clôturer' }).first().click();
  await expect(page.getByRole('heading', { name: /^Clôturer le mois/ })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Clôturer définitivement' })).toBeVisible();
  await page.getByRole('link', { name: 'Ne pas clôturer' }).click();
  await expect(page.getByText(/^Clôturé jusqu’au/)).toHaveText(before!);
});

test('an export is made, taken and given back', async ({ page }) => {
  await page.goto(`${base}/exports`);
  await page.getByLabel('Seulement les écritures nouvelles').uncheck();
  await page.getByRole('button', { name: 'Préparer l’export' }).click();
  await expect(page.getByText('L’export est prêt')).toBeVisible();
  const first = page.locator('#faits li').first();
  const href = await first.getByRole('link', { name: 'texte' }).getAttribute('href');
  expect((await page.request.get(href!)).status()).toBe(200);
  await first.getByRole('button', { name: /Annuler/ }).click();
  await expect(page.getByText('L’export est annulé')).toBeVisible();
});
