import { expect, type Page, test } from '@playwright/test';
import { garden, home, session } from './sign-in.ts';

/** Giving: somebody nobody knows, from the public page of a campaign; then the team, who writes a gift down. What was given here is taken back. */

const arrives = (page: Page, title: string | RegExp) => expect(page.getByRole('heading', { level: 1 })).toContainText(title);
const said = (page: Page, text: string | RegExp) => expect(page.getByRole('status').filter({ hasText: text })).toBeVisible();
/** Somebody of this walk alone: two screens, with and without scripts, give to the same campaign. */
const somebody = () => `Essai ${test.info().project.name.length}`;

async function cancels(page: Page, reason: string) {
  await page.getByRole('button', { name: 'Annuler ce don' }).click();
  await page.getByLabel('Pourquoi').fill(reason);
  await page.getByRole('button', { name: 'Annuler le don' }).click();
  await said(page, 'Le don est annulé');
}

test.describe('somebody nobody knows', () => {
  test('gives by card from the page of a campaign: what is wrong is told beside the field, then the garden thanks', async ({ page }) => {
    await page.goto(`/jardins/${garden}/dons`);
    await page.getByRole('link', { name: 'Une serre pour l’hiver', exact: true }).click();
    await arrives(page, 'Une serre pour l’hiver');
    await page.getByRole('radio', { name: 'Un autre montant' }).check();
    await page.getByRole('textbox', { name: 'Un autre montant' }).fill('beaucoup');
    await page.getByRole('radio', { name: /En ligne/ }).check();
    await page.getByLabel('Nom, ou nom de l’entreprise').fill(somebody());
    await page.getByLabel('Adresse e-mail').fill('donateur@exemple.test');
    await page.getByRole('button', { name: 'Donner', exact: true }).click();
    await expect(page.getByRole('alert')).toContainText('Le montant est à revoir');
    await expect(page.getByRole('textbox', { name: 'Un autre montant' })).toHaveValue('beaucoup');
    await expect(page.getByLabel('Nom, ou nom de l’entreprise')).toHaveValue(somebody());
    await page.getByRole('textbox', { name: 'Un autre montant' }).fill('12,50');
    await page.getByRole('button', { name: 'Donner', exact: true }).click();
    await arrives(page, 'Prestataire d’essai');
    await page.getByRole('button', { name: 'Payer, annoncé plusieurs fois' }).click();
    await arrives(page, 'Merci, c’est payé');
    await page.getByRole('link', { name: 'Continuer' }).click();
    await arrives(page, 'Merci !');
  });
});

test.describe('the team', () => {
  test.use({ storageState: session('administrateur') });

  test('finds that gift once, and writes one down', async ({ page }) => {
    await page.goto(`${home}/dons`);
    await page.getByRole('button', { name: 'Mettre à jour maintenant' }).click();
    await said(page, 'La liste est à jour');
    await page.goto(`${home}/dons?q=${encodeURIComponent(somebody())}&etat=received`);
    const list = page.getByRole('region', { name: 'Dons' });
    await expect(list.getByText('12,50')).toHaveCount(1);
    await list.getByRole('link', { name: somebody() }).click();
    await arrives(page, '12,50');
    await expect(page.getByRole('main')).toContainText('Il manque l’adresse complète du donateur');
    await expect(page.getByRole('link', { name: 'Voir l’encaissement' })).toBeVisible();
    await page.goto(`${home}/paiements-en-ligne?q=${encodeURIComponent('12,50')}&etat=paid`);
    await page
      .getByRole('region', { name: 'Paiements en ligne' })
      .getByRole('link', { name: /Donateurs/ })
      .first()
      .click();
    await page.getByRole('button', { name: 'Rembourser' }).click();
    await page.getByRole('button', { name: 'Rendre l’argent' }).click();
    await arrives(page, 'Remboursé');

    await page.goto(`${home}/dons/nouveau`);
    const who = page.locator('details', { hasText: 'Quelqu’un de nouveau' });
    await who.locator('summary').first().click();
    await page.getByLabel('Nom, ou nom de l’entreprise').fill(`${somebody()} chèque`);
    await page.getByLabel('Montant ou valeur').fill('30');
    await page.getByRole('button', { name: 'Enregistrer le don' }).click();
    await said(page, 'est enregistré');
    await arrives(page, '30,00');
    await cancels(page, 'Essai');
    // What was given back online is a gift no more.
    await page.goto(`${home}/dons`);
    await page.getByRole('button', { name: 'Mettre à jour maintenant' }).click();
    await said(page, 'La liste est à jour');
    await page.goto(`${home}/dons?q=${encodeURIComponent(somebody())}&etat=received`);
    await expect(page.getByRole('main')).not.toContainText('12,50');
  });
});
