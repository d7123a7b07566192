import { expect, type Page, test } from '@playwright/test';
import { home, session } from './sign-in.ts';

/**
 * Asking a funder: from the programmes to the claim, its evidence, and what is received of it. A numbered claim never goes away: each screen asks the next funder of
 * the demonstration that still owes something, whom no other walk looks at.
 */

const arrives = (page: Page, title: string | RegExp) => expect(page.getByRole('heading', { level: 1 })).toContainText(title);
const said = (page: Page, text: string | RegExp) => expect(page.getByRole('status').filter({ hasText: text })).toBeVisible();

test.use({ storageState: session('administrateur') });

test('a programme, what its funder owes, the claim, its evidence, paid', async ({ page }) => {
  await page.goto(`${home}/solidarite`);
  await arrives(page, 'Paniers solidaires');
  await page.getByRole('link', { name: 'Ouvrir' }).first().click();
  await expect(page.getByRole('main')).toContainText('Enveloppe');
  await page.goto(`${home}/solidarite/demandes-de-paiement`);
  await arrives(page, 'Demandes de paiement');
  await page.getByRole('link', { name: 'Préparer la demande' }).first().click();
  await arrives(page, /Demander à/);
  await page.getByRole('button', { name: 'Établir la demande' }).click();
  await said(page, 'la demande est établie');
  await arrives(page, /(Facture F|Demande de subvention S)20\d\d-\d+/);
  const evidence = await page.request.get(`${page.url()}/justificatif`);
  expect(evidence.status()).toBe(200);
  expect(evidence.headers()['content-type']).toContain('application/pdf');
  const claim = page.url();
  await page.getByRole('button', { name: 'C’est envoyé' }).click();
  await said(page, 'L’envoi est noté');
  await page.getByRole('link', { name: 'Noter un règlement' }).click();
  // All that it owes, with what it was asked for before.
  await page.getByRole('button', { name: 'Enregistrer le règlement' }).click();
  await expect(page.getByRole('button', { name: 'Enregistrer le règlement' })).toHaveCount(0);
  await page.goto(claim);
  await expect(page.getByRole('main')).toContainText('payée');
});

test('each figure of the report opens its rows, as many as it says', async ({ page }) => {
  await page.goto(`${home}/solidarite/bilan`);
  await arrives(page, 'Bilan');
  const figure = page.getByRole('main').getByRole('link', { name: /paniers livrés/ });
  const count = /\d[\d\s]*/.exec(await figure.innerText())![0].trim();
  await figure.click();
  await arrives(page, `${count} paniers`);
  await page.getByRole('link', { name: 'Bilan' }).first().click();
  await arrives(page, 'Bilan');
});
