import { expect, type Page, test } from '@playwright/test';
import { home, session } from './sign-in.ts';

/** Paying online from « Mon compte », through the provider for trying; and what the garden sees of it. What is paid is given back: Jeanne ends as she was found. */

const arrives = (page: Page, title: string | RegExp) => expect(page.getByRole('heading', { level: 1 })).toContainText(title);
const said = (page: Page, text: string | RegExp) => expect(page.getByRole('status').filter({ hasText: text })).toBeVisible();
/** An amount of this walk alone: two screens, with and without scripts, go on at once. */
const own = (cents: number) => {
  const rank = [...test.info().project.name].reduce((sum, sign) => (sum * 31 + sign.codePointAt(0)!) % 89, 7);
  return `${cents},${String(rank + 10).padStart(2, '0')}`;
};

async function pays(page: Page, amount: string) {
  await page.goto('/mon-compte');
  await page.goto(`${new URL(page.url()).pathname}/payer`);
  await arrives(page, 'Payer en ligne');
  await page.getByRole('radio', { name: /Un autre montant|Verser une avance/ }).check();
  await page.getByRole('textbox', { name: 'Montant' }).fill(amount);
  await page.getByRole('button', { name: 'Payer par carte' }).click();
}

async function givesBack(page: Page, amount: string, count: number) {
  for (let time = 0; time < count; time++) {
    await page.goto(`${home}/paiements-en-ligne?q=${encodeURIComponent(amount)}&etat=paid`);
    await page
      .getByRole('region', { name: 'Paiements en ligne' })
      .getByRole('link', { name: /Vautrin/ })
      .first()
      .click();
    await arrives(page, amount);
    await page.getByRole('button', { name: 'Rembourser' }).click();
    await page.getByRole('button', { name: 'Rendre l’argent' }).click();
    await said(page, 'rendu au client');
    await arrives(page, 'Remboursé');
  }
}

test.describe('a customer', () => {
  test.use({ storageState: session('cliente') });

  test('pays: what is wrong is told beside the field, the provider asks, the garden thanks', async ({ page, browser }) => {
    const amount = own(12);
    await pays(page, 'douze');
    await expect(page.getByRole('alert')).toContainText('Le montant est à revoir');
    await expect(page.getByRole('textbox', { name: 'Montant' })).toHaveValue('douze');
    await expect(page.getByRole('radio', { name: /Un autre montant|Verser une avance/ })).toBeChecked();
    await page.getByRole('textbox', { name: 'Montant' }).fill(amount);
    await page.getByRole('button', { name: 'Payer par carte' }).click();
    await arrives(page, 'Prestataire d’essai');
    await page.getByRole('button', { name: 'Payer, annoncé plusieurs fois' }).click();
    await arrives(page, 'Merci, c’est payé');
    await expect(page.getByRole('main')).toContainText(amount);
    // Back on the provider's page, or on ours: nothing can be paid twice.
    const back = page.url().replace('/retour', '');
    await page.goto(back);
    await arrives(page, 'Merci, c’est payé');
    await page.getByRole('link', { name: 'Continuer' }).click();
    await expect(page).toHaveURL(/\/factures$/);

    const staff = await browser.newContext({ storageState: session('administrateur') });
    const desk = await staff.newPage();
    await givesBack(desk, amount, 1);
    await expect(desk.getByRole('heading', { name: /a annoncé/ })).toBeVisible();
    await desk.getByRole('button', { name: /où il en est/ }).click();
    await said(desk, 'remboursé');
    await staff.close();
  });

  test('a card is refused, the page is left, then it is paid late: the page waits and says so', async ({ page, browser }) => {
    const amount = own(13);
    await pays(page, amount);
    await page.getByRole('button', { name: 'Carte refusée' }).click();
    await arrives(page, 'Le paiement n’a pas abouti');
    await page.getByRole('button', { name: 'Essayer à nouveau' }).click();
    await arrives(page, 'Prestataire d’essai');
    await page.getByRole('link', { name: 'Revenir au jardin sans payer' }).click();
    await arrives(page, 'Vous n’avez pas encore payé');
    await page.getByRole('link', { name: 'Reprendre le paiement' }).click();
    await page.getByRole('button', { name: 'Payer, confirmé en retard' }).click();
    await arrives(page, 'Nous attendons la confirmation');
    await arrives(page, 'Merci, c’est payé').catch(async () => {
      // The page looks by itself every three seconds; one may also ask.
      await page.getByRole('link', { name: 'Regarder maintenant' }).click();
      await arrives(page, 'Merci, c’est payé');
    });
    const staff = await browser.newContext({ storageState: session('administrateur') });
    await givesBack(await staff.newPage(), amount, 1);
    await staff.close();
  });
});

test.describe('the garden', () => {
  test.use({ storageState: session('administrateur') });

  test('a key that is wrong is told beside its field; nobody is chosen without keys', async ({ page }) => {
    await page.goto(`${home}/paiements-en-ligne/reglages`);
    await arrives(page, 'Réglages du paiement en ligne');
    await page.getByLabel('Clé secrète').fill('12345');
    await page.getByLabel('Secret de signature du webhook').fill('whsec_essai');
    await page.getByRole('button', { name: 'Enregistrer les clés de Stripe' }).click();
    await expect(page.getByText('Elle commence par « sk_live_ »').first()).toBeVisible();
    await page.getByRole('radio', { name: /^HelloAsso/ }).check();
    await page.getByRole('button', { name: 'Enregistrer', exact: true }).click();
    await expect(page.getByText('Donnez d’abord ses clés, plus bas.').first()).toBeVisible();
  });

  test('a post-it is written, ticked and put back; « ? » opens the page that explains the screen', async ({ page, context }) => {
    const text = `Essai ${test.info().project.name}`;
    await page.goto(`${home}/post-its`);
    await page.getByLabel('À ne pas oublier').fill(text);
    await page.getByLabel('Pour quand').evaluate((field) => field.setAttribute('type', 'text'));
    await page.getByLabel('Pour quand').fill('31/02/2026');
    await page.getByRole('button', { name: 'Noter' }).click();
    await expect(page.getByText('Cette date n’existe pas').first()).toBeVisible();
    await expect(page.getByLabel('À ne pas oublier')).toHaveValue(text);
    await page.getByLabel('Pour quand').fill('2025-10-20');
    await page.getByRole('button', { name: 'Noter' }).click();
    await said(page, 'C’est noté');
    await page.goto(home);
    const note = page.getByRole('listitem').filter({ hasText: text });
    await expect(note).toContainText('aujourd’hui');
    await note.getByRole('button', { name: 'Fait' }).click();
    await said(page, 'C’est fait');
    await expect(page.getByRole('listitem').filter({ hasText: text })).toHaveCount(0);
    await page.goto(`${home}/post-its`);
    await page.getByText(/^Faits ces quinze derniers jours/).click();
    await page.getByRole('listitem').filter({ hasText: text }).first().getByRole('button', { name: 'Remettre' }).click();
    await page.getByRole('listitem').filter({ hasText: text }).first().getByRole('button', { name: 'Fait' }).click();

    const [help] = await Promise.all([context.waitForEvent('page'), page.getByRole('link', { name: 'Aide sur cette page' }).click()]);
    await expect(help).toHaveURL(/\/aide\/tableau-de-bord#les-post-its$/);
    await help.close();
    await page.goto(`${home}/premiers-pas`);
    await expect(page.getByRole('progressbar')).toBeVisible();
    await expect(page.getByRole('listitem').filter({ hasText: 'Créer les paniers' })).toContainText('fait');
  });
});
