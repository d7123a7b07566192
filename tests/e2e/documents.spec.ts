import { expect, type Page, test } from '@playwright/test';
import { home, session } from './sign-in.ts';

/** Invoices: written by hand, sent, credited. What each walk bills it credits: balances are left as they were found. */

test.use({ storageState: session('comptabilite') });

const list = `${home}/factures`;
const wide = () => test.info().project.name.startsWith('écran');
/** A title of its own: runs of other walks stand in the same list. */
const title = () => `Essai de facture, ${wide() ? 'bureau' : 'téléphone'} ${test.info().retry}`;
const heading = (page: Page) => page.getByRole('heading', { level: 1 });

test('an invoice is written, told what is wrong, issued once, drawn, sent, credited line by line and whole', async ({ page }) => {
  await page.goto(`${list}/nouvelle`);
  await page.getByLabel('Nom, numéro ou téléphone du client').fill(wide() ? '1001' : '1002');
  await page.getByRole('button', { name: 'Chercher' }).click();
  await page.locator('.found a').first().click();

  const line = (number: number) => page.getByRole('group', { name: `Ligne ${number}` });
  await line(1).getByLabel('Désignation').fill('Visite du jardin');
  await line(1).getByLabel('Prix').fill('cent');
  await line(2).getByLabel('Désignation').fill('Goûter');
  await line(2).getByLabel('Quantité').fill('12');
  await line(2).getByLabel('Prix').fill('1,50');
  await page.getByLabel('Objet').fill(title());
  const issue = page.getByRole('button', { name: 'Émettre la facture' });
  await issue.click();
  await expect(page.locator('#champ-price1-erreur')).toContainText('Écrivez un montant');
  await expect(line(1).getByLabel('Prix')).toHaveValue('cent');
  await expect(page.getByLabel('Objet')).toHaveValue(title());
  await line(1).getByLabel('Prix').fill('120');
  await issue.click();
  await expect(heading(page)).toContainText(/^Facture F\d{4}-\d{5}/);
  const address = page.url();
  await expect(page.getByText('138,00 €').first()).toBeVisible();

  const pdf = await page.request.get(`${address}/document.pdf`);
  expect([pdf.status(), pdf.headers()['content-type']]).toEqual([200, 'application/pdf']);

  await page.getByLabel('Message').fill('Merci à la classe !');
  await page.getByLabel('Adresse e-mail').fill('ecole@exemple.test');
  await page.getByRole('button', { name: 'Envoyer par e-mail' }).click();
  await expect(page.getByText('part à l’adresse ecole@exemple.test')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Envoyer encore une fois' })).toBeVisible();

  await page.getByRole('link', { name: 'Faire un avoir' }).click();
  await page.getByLabel('Certaines lignes').check();
  await page.getByRole('button', { name: 'Émettre l’avoir' }).click();
  await expect(page.getByRole('alert')).toContainText('Choisissez au moins une ligne');
  await page.getByLabel('12 × Goûter').check();
  await page.getByLabel('Pourquoi').fill('Il a plu : pas de goûter.');
  await page.getByRole('button', { name: 'Émettre l’avoir' }).click();
  await expect(heading(page)).toContainText(/^Avoir A/);
  await expect(page.getByText('Il a plu : pas de goûter.')).toBeVisible();

  await page.goto(`${address}/avoir`);
  await page.getByRole('button', { name: 'Émettre l’avoir' }).click();
  await expect(heading(page)).toContainText(/^Avoir A/);
  await page.goto(`${address}/avoir`);
  await expect(page.getByText('Il ne reste rien à annuler')).toBeVisible();

  await page.goto(`${list}?q=${encodeURIComponent(title())}`);
  await expect(page.getByRole('row').filter({ hasText: title() }).first()).toContainText('annulée par avoir');
  for (const format of ['csv', 'xlsx']) expect((await page.request.get(`${list}/export?type=avoir&format=${format}`)).status()).toBe(200);
});

test('what waits to be sent is counted, by mail and on paper', async ({ page }) => {
  await page.goto(list);
  await page.getByRole('link', { name: 'Envoyer', exact: true }).click();
  await expect(heading(page)).toContainText('Envoyer les factures');
  await expect(page.getByText(/factures? à envoyer|Aucune facture n’attend/).first()).toBeVisible();
});
