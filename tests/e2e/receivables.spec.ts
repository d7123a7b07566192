import { expect, type Page, test } from '@playwright/test';
import { home, session } from './sign-in.ts';

/** What customers owe, and what is done about it. Each screen size has a row of its own, and puts back what it changes. */

test.use({ storageState: session('administrateur') });

const wide = () => test.info().project.name.startsWith('écran');
const arrives = (page: Page, title: string | RegExp) => expect(page.getByRole('heading', { level: 1 })).toContainText(title);
const said = (page: Page, text: string | RegExp) => expect(page.getByRole('status').filter({ hasText: text })).toBeVisible();

test('balances are found, narrowed, sorted, told by age and taken away as a file', async ({ page }) => {
  await page.goto(`${home}/soldes`);
  await arrives(page, 'Soldes');
  const rows = page.getByRole('region', { name: 'Soldes des clients' }).locator('tbody tr');
  const first = (await rows.first().getByRole('rowheader').textContent())!.trim();
  await page.getByLabel('Nom, numéro, téléphone, e-mail ou ville').fill(first);
  await page.getByRole('button', { name: 'Chercher' }).click();
  await expect(rows.first()).toContainText(first);
  await expect(rows.first()).toContainText(/à régler|d’avance/);

  await page.getByRole('link', { name: 'Tout afficher' }).click();
  await page
    .getByRole('link', { name: /^Dont en retard/ })
    .first()
    .click();
  await expect(page.locator('select[name=solde]')).toHaveValue('retard');
  await expect(rows.first()).toContainText('à régler');
  const address = (await page.getByRole('link', { name: 'texte (CSV)' }).getAttribute('href'))!;
  const file = await page.request.get(address);
  expect(file.headers()['content-type']).toContain('text/csv');
  expect(await file.text()).toContain('Dont en retard');

  await page.getByRole('link', { name: 'Depuis quand' }).click();
  await arrives(page, 'Depuis quand');
  await page.getByRole('link', { name: /^1 à 30 jours/ }).click();
  await expect(page.locator('select[name=age]')).toHaveValue('month');

  await page.goto(`${home}/soldes/previsions?mois=3`);
  await arrives(page, 'Prévisions');
  await expect(page.getByRole('img', { name: /mois par mois/ })).toBeVisible();
  await expect(page.getByRole('region', { name: 'Ce qui devrait être reçu, mois par mois' }).locator('tbody tr')).toHaveCount(3);
});

test('a reminder is read, sent to who is ticked, then taken back; its text is told what is wrong', async ({ page }) => {
  await page.goto(`${home}/rappels?coches=aucun`);
  await arrives(page, 'Rappels');
  await page.getByRole('button', { name: 'Relancer les personnes cochées' }).click();
  await expect(page.getByRole('alert')).toContainText('Cochez au moins une personne');

  await page.goto(`${home}/rappels?coches=aucun`);
  const boxes = page.getByRole('checkbox', { name: /^Relancer / });
  const box = wide() ? boxes.first() : boxes.last();
  const who = (await box.getAttribute('aria-label'))!.replace('Relancer ', '');
  const row = page.getByRole('row').filter({ has: page.getByRole('checkbox', { name: `Relancer ${who}`, exact: true }) });
  await row.getByRole('link', { name: 'Lire le texte' }).click();
  await arrives(page, 'Rappel pour');
  await expect(page.getByRole('article')).toContainText('€');

  await page.goto(`${home}/rappels?coches=aucun`);
  await page.getByRole('checkbox', { name: `Relancer ${who}`, exact: true }).check();
  await page.getByRole('button', { name: 'Relancer les personnes cochées' }).click();
  await arrives(page, /Rappels du/);
  await expect(page.getByRole('row').filter({ hasText: 'à régler' })).toHaveCount(1);
  const print = page.getByRole('link', { name: /^Imprimer/ });
  if (await print.count()) {
    const letters = await page.request.get((await print.getAttribute('href'))!);
    expect(letters.headers()['content-type']).toBe('application/pdf');
  }
  await page.getByRole('button', { name: 'Annuler ces rappels' }).first().click();
  await page.getByRole('dialog').getByRole('button', { name: 'Annuler ces rappels' }).click();
  await said(page, 'pourront être proposés à nouveau');
  await page.goto(`${home}/rappels`);
  await expect(page.getByRole('checkbox', { name: `Relancer ${who}`, exact: true })).toBeChecked();

  await page.goto(`${home}/rappels/textes/nouveau`);
  await page.getByLabel('Nom de l’étape').fill('Avant l’été');
  await page.getByLabel('Après combien de jours de retard').fill('200');
  await page.getByLabel('Objet').fill('Il reste {montan}');
  await page.getByRole('button', { name: 'Enregistrer' }).click();
  await expect(page.locator('#champ-subject-erreur')).toContainText('{montan} : ce mot entre accolades n’existe pas');
  await expect(page.getByLabel('Nom de l’étape')).toHaveValue('Avant l’été');
});

test('somebody whose baskets are kept at the garden is let pass, then not any more', async ({ page }) => {
  await page.goto(`${home}/soldes?solde=retenus`);
  const people = page.getByRole('region', { name: 'Soldes des clients' }).locator('tbody th a');
  const account = (await (wide() ? people.first() : people.nth(1)).getAttribute('href'))!;
  await page.goto(account.replace(/\/compte$/, ''));
  await expect(page.getByText('Ses paniers sont gardés au jardin')).toBeVisible();
  await page.getByLabel('Préparer quand même jusqu’au').fill('2020-01-01');
  await page.getByRole('button', { name: 'Préparer ses paniers' }).click();
  await expect(page.locator('#champ-jusquau-erreur')).toContainText('Choisissez aujourd’hui ou un jour à venir');
  await page.getByLabel('Préparer quand même jusqu’au').fill('2025-11-05');
  await page.getByRole('button', { name: 'Préparer ses paniers' }).click();
  await expect(page.getByText('Paniers préparés jusqu’au mercredi 5 novembre')).toBeVisible();
  await page.getByRole('button', { name: 'Ne plus laisser passer' }).click();
  await expect(page.getByText('Ses paniers sont gardés au jardin')).toBeVisible();
});

test('of a refused payment, what comes next is decided, and asked for when it is missing', async ({ page }) => {
  await page.goto(`${home}/soldes/rejets`);
  const decided = page
    .getByRole('region', { name: /^Décidés/ })
    .getByRole('listitem')
    .first();
  await decided.getByRole('link', { name: /^Changer la suite/ }).click();
  const date = page.getByLabel('Jusqu’à quel jour');
  const before = await date.inputValue();
  await date.fill('');
  await page.getByRole('button', { name: 'Enregistrer' }).click();
  await expect(page.locator('#champ-jusquau-erreur')).toContainText('Dites jusqu’à quel jour');
  await date.fill(before);
  await page.getByRole('button', { name: 'Enregistrer' }).click();
  await said(page, 'C’est noté');
});
