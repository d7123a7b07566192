import { expect, type Page, test } from '@playwright/test';
import { garden, home, session } from './sign-in.ts';

/**
 * A subscriber at home: what she owes, her documents, who collects for her, what she wants to read. What is changed is put back; nothing is ended,
 * signed nor asked for.
 */

test.use({ storageState: session('cliente') });

const arrives = (page: Page, title: string | RegExp) => expect(page.getByRole('heading', { level: 1 })).toContainText(title);
const own = () => test.info().project.name.replace(/\W+/g, ' ').trim();

/** Where her space is: there is one record of hers. */
async function enter(page: Page): Promise<string> {
  await page.goto('/mon-compte');
  await expect(page).toHaveURL(new RegExp(`/mon-compte/${garden}/\\d+$`));
  return new URL(page.url()).pathname;
}

test('her invoices open, those of others do not exist; her statement reads and prints', async ({ page, browser }) => {
  const space = await enter(page);
  await page.goto(`${space}/factures`);
  await arrives(page, 'Mes factures');
  const first = page
    .getByRole('listitem')
    .getByRole('link', { name: /^Facture F/ })
    .first();
  const pdf = await page.request.get((await first.getAttribute('href'))!);
  expect(pdf.headers()['content-type']).toBe('application/pdf');
  expect((await pdf.body()).subarray(0, 4).toString()).toBe('%PDF');

  const staff = await browser.newContext({ storageState: session('administrateur') });
  const others = await staff.newPage();
  await others.goto(`${home}/factures`);
  const hrefs = await others.locator('tbody a[href*="/factures/"]').evaluateAll((links) => links.map((link) => link.getAttribute('href')!));
  await staff.close();
  const mine = new Set(
    await page
      .getByRole('link', { name: /^Facture F/ })
      .evaluateAll((links) => links.map((link) => link.getAttribute('href')!.split('/').pop())),
  );
  const foreign = hrefs.map((href) => href.split('/').pop()!).find((id) => /^\d+$/.test(id) && !mine.has(id))!;
  expect((await page.request.get(`${space}/factures/${foreign}`)).status()).toBe(404);
  expect((await page.request.get(`${home}/factures/${foreign}`)).status()).toBe(404);

  await page.getByRole('link', { name: 'Mon relevé' }).click();
  await arrives(page, 'Mon relevé');
  const printed = await page.request.get((await page.getByRole('link', { name: /Imprimer/ }).getAttribute('href'))!);
  expect((await printed.body()).subarray(0, 4).toString()).toBe('%PDF');
  await page.goto(`${space}/factures/releve?du=2025-10-31&au=2025-10-01`);
  await expect(page.getByText('La fin vient avant le début.')).toBeVisible();
});

test('what she may decide of her subscription is shown before it is done; a day within the notice is refused beside its field', async ({
  page,
}) => {
  const space = await enter(page);
  await page.goto(`${space}/abonnements`);
  await arrives(page, 'Mes abonnements');
  await page
    .getByRole('link', { name: /Voir l’échéancier/ })
    .first()
    .click();
  await arrives(page, 'Échéancier');
  await page.goBack();
  await page
    .getByRole('link', { name: /Résilier mon abonnement/ })
    .first()
    .click();
  await arrives(page, 'Résilier mon abonnement');
  await page.getByLabel('Un mot pour le jardin').fill(`Essai ${own()}`);
  const other = page.getByLabel('Un autre jour, entre les deux');
  if (await other.count()) {
    await other.check();
    await page.getByRole('button', { name: 'Voir ce qui va se passer' }).click();
    await expect(page.getByRole('alert').or(page.getByText('Choisissez le dernier jour.')).first()).toBeVisible();
    await expect(page.getByLabel('Un mot pour le jardin')).toHaveValue(`Essai ${own()}`);
  }
  await page.getByRole('radio', { name: /À son terme|Quand tous mes paniers/ }).check();
  await page.getByRole('button', { name: 'Voir ce qui va se passer' }).click();
  await expect(page.getByRole('heading', { name: 'Ce qui va se passer' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Notification de la résiliation' })).toBeVisible();
  await page.getByRole('link', { name: 'Changer ma réponse' }).click();
  await expect(page.getByRole('button', { name: 'Notification de la résiliation' })).toHaveCount(0);
});

test('how to pay, her mandate, and another account: a wrong IBAN is told beside its field, and the consent is hers to tick', async ({
  page,
}) => {
  const space = await enter(page);
  await page.goto(`${space}/paiement`);
  await arrives(page, 'Mes paiements');
  await expect(page.getByText(/^Vers .*IBAN/)).toBeVisible();
  await page.getByRole('link', { name: 'Changer de compte bancaire' }).click();
  await arrives(page, 'Changer de compte bancaire');
  await expect(page.getByLabel(/J’autorise le prélèvement/)).not.toBeChecked();
  await page.getByLabel('IBAN').fill('FR76 3000 6000 0112 3456 7890 188');
  await page.getByRole('button', { name: 'Changer de compte' }).click();
  await expect(page.getByText(/chiffres de contrôle ne tombent pas juste/).first()).toBeVisible();
  await expect(page.getByText('Cochez la case pour donner votre accord.').first()).toBeVisible();
  await expect(page.getByLabel('IBAN')).toHaveValue('FR76 3000 6000 0112 3456 7890 188');
  // She has one: there is nothing to sign.
  await page.goto(`${space}/paiement/mandat`);
  await arrives(page, 'Mes paiements');
});

test('somebody of the house: added, changed, seen by the garden, taken off', async ({ page, browser }) => {
  const space = await enter(page);
  const name = `Zoé ${own()}`;
  await page.goto(`${space}/foyer`);
  await arrives(page, 'Mon foyer');
  await page.getByLabel('Prénom et nom').fill(name);
  await page.getByLabel('Téléphone').fill('12');
  await page.getByRole('button', { name: 'Ajouter' }).click();
  await expect(page.getByText(/Il manque des chiffres/).first()).toBeVisible();
  await expect(page.getByLabel('Prénom et nom')).toHaveValue(name);
  await page.getByLabel('Téléphone').fill('06 39 98 77 66');
  await page.getByRole('button', { name: 'Ajouter' }).click();
  await expect(page.getByText(`${name} peut maintenant retirer votre panier.`)).toBeVisible();
  const staff = await browser.newContext({ storageState: session('administrateur') });
  const record = await staff.newPage();
  await record.goto(`${home}/clients/${space.split('/').pop()}`);
  await expect(record.getByText(name)).toBeVisible();
  await record.goto(`${space}/foyer`);
  await expect(record.getByRole('button', { name: 'Ajouter' })).toHaveCount(0);
  await staff.close();
  await page.getByRole('button', { name: `Retirer ${name}` }).click();
  await expect(page.getByText(name, { exact: true })).toHaveCount(0);
});

test('her address, her messages, her data', async ({ page }) => {
  const space = await enter(page);
  await page.goto(`${space}/coordonnees`);
  await arrives(page, 'Mes coordonnées');
  const before = await page.getByLabel('Code postal').inputValue();
  await page.getByLabel('Code postal').fill('?');
  await page.getByRole('button', { name: 'Enregistrer', exact: true }).click();
  await expect(page.getByText(/Cinq chiffres/).first()).toBeVisible();
  await expect(page.getByLabel('Code postal')).toHaveValue('?');
  await page.getByLabel('Code postal').fill(before);
  await page.getByRole('button', { name: 'Enregistrer', exact: true }).click();
  await expect(page.getByText('Vos coordonnées sont enregistrées.')).toBeVisible();
  await page.getByLabel('Nouvelle adresse e-mail').fill('pas une adresse');
  await page.locator('form[action="?/adresse"]').evaluate((form: HTMLFormElement) => form.setAttribute('novalidate', ''));
  await page.getByRole('button', { name: 'Changer d’adresse' }).click();
  await expect(page.getByText(/n’est pas complète/).first()).toBeVisible();

  await page.goto(`${space}/preferences`);
  await page.getByLabel('Les nouvelles du jardin').uncheck();
  await page.getByRole('button', { name: 'Enregistrer', exact: true }).click();
  await expect(page.getByLabel('Les nouvelles du jardin')).not.toBeChecked();
  await page.getByLabel('Les nouvelles du jardin').check();
  await page.getByRole('button', { name: 'Enregistrer', exact: true }).click();
  await expect(page.getByText('Vos choix sont enregistrés.')).toBeVisible();

  await page.goto(`${space}/mes-donnees`);
  await arrives(page, 'Mes données');
  await expect(page.getByLabel('Je demande l’effacement')).not.toBeChecked();
  await page.getByRole('button', { name: 'Envoyer ma demande' }).click();
  await expect(page.getByText('Cochez la case pour confirmer.').first()).toBeVisible();
  const zip = await page.request.get(`${space}/mes-donnees/export?format=zip`);
  expect((await zip.body()).subarray(0, 2).toString()).toBe('PK');
  const data = await (await page.request.get(`${space}/mes-donnees/export?format=json`)).json();
  expect(data['Ma fiche'][0]['E-mail']).toBe('jeanne@exemple.test');
  expect(data['Mes factures'].length).toBeGreaterThan(0);
});
