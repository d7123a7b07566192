import { expect, type Page, test } from '@playwright/test';
import { home, session } from './sign-in.ts';

/** Payments: a pile typed at once, its slip, one customer's record. Each screen size has payments of its own, and takes them back. */

test.use({ storageState: session('comptabilite') });

const list = `${home}/encaissements`;
const wide = () => test.info().project.name.startsWith('écran');
/** A way of paying of its own: nobody else's payments wait beside. */
const way = () => `Bons d’essai, ${wide() ? 'bureau' : 'téléphone'} ${test.info().retry}`;
const arrives = (page: Page, title: string | RegExp) => expect(page.getByRole('heading', { level: 1 })).toContainText(title);

/** Numbers of two customers, read where the pile proposes them. */
async function twoPeople(page: Page): Promise<string[]> {
  const options = await page.locator('#people option').evaluateAll((all) => all.map((one) => (one as HTMLOptionElement).value));
  const start = wide() ? 3 : 8;
  return options.slice(start, start + 2);
}

test('a pile is typed, told what is wrong, kept once, carried to the bank, and brought back', async ({ page }) => {
  await page.goto(`${list}/moyens/nouveau`);
  await page.getByLabel('Nom', { exact: true }).fill(way());
  await page.getByLabel('Ce que c’est').selectOption({ label: 'Autre' });
  await page.getByLabel('Compte', { exact: true }).selectOption('511800');
  await page.getByLabel('Remis à la banque avec un bordereau').check();
  await page.getByRole('button', { name: 'Ajouter', exact: true }).click();
  await expect(page.getByText(`« ${way()} » est ajouté.`)).toBeVisible();

  await page.goto(`${list}/saisie`);
  const [one, two] = await twoPeople(page);
  await page.getByLabel('Moyen de paiement').selectOption({ label: way() });
  await page.getByLabel('Total attendu').fill('30');
  await page.getByLabel('Client, ligne 1', { exact: true }).fill(one!);
  await page.getByLabel('Montant (€), ligne 1', { exact: true }).fill('12,50');
  await page.getByLabel('Numéro, ligne 1', { exact: true }).fill('4410');
  await page.getByLabel('Client, ligne 2', { exact: true }).fill('Personne de ce nom');
  await page.getByLabel('Montant (€), ligne 2', { exact: true }).fill('7,50');
  const save = page.getByRole('button', { name: 'Enregistrer les règlements' });
  await save.click();
  await expect(page.locator('#champ-customer1-erreur')).toContainText('Aucun client');
  await expect(page.getByLabel('Montant (€), ligne 1', { exact: true })).toHaveValue('12,50');
  await page.getByLabel('Client, ligne 2', { exact: true }).fill(two!);
  await save.click();
  await expect(page.locator('#champ-total-erreur')).toContainText('Les lignes font 20,00 €');
  await page.getByLabel('Total attendu').fill('20');
  await save.click();
  await expect(page.getByText('2 règlements sont enregistrés : 20,00 €.')).toBeVisible();
  await expect(page.getByRole('row').filter({ hasText: '4410' }).filter({ hasText: way() })).toContainText('12,50 €');

  await page.goto(`${home}/remises`);
  const waiting = page.getByRole('listitem').filter({ hasText: way() });
  await waiting.getByRole('link', { name: 'Préparer la remise' }).click();
  await expect(page.getByRole('checkbox')).toHaveCount(2);
  await page.getByRole('button', { name: 'Faire la remise' }).click();
  await arrives(page, /Remise .*n° \d+/);
  const slip = page.url();
  const paper = await page.request.get(`${slip}/bordereau.pdf`);
  expect(paper.headers()['content-type']).toBe('application/pdf');
  await page.getByRole('button', { name: 'Noter le dépôt' }).click();
  await expect(page.getByText('Le dépôt est noté.')).toBeVisible();
  for (const [question, answer] of [
    ['Annuler le dépôt', 'à déposer'],
    ['Défaire la remise', 'est défaite'],
  ] as const) {
    await page.getByRole('button', { name: question }).click();
    await page.getByRole('dialog').getByRole('button', { name: question }).click();
    await expect(page.getByRole('status').filter({ hasText: answer })).toBeVisible();
  }

  // Nothing is left of it in anybody's balance, and the way of paying goes.
  await page.goto(`${list}?q=4410&etat=paid`);
  await takeBack(page, '12,50', way());
  await page.goto(`${list}?q=${encodeURIComponent('7,50')}&etat=paid`);
  await takeBack(page, '7,50', way());
  await page.goto(`${list}/moyens`);
  await page.getByRole('link', { name: way() }).click();
  await page.getByRole('button', { name: 'Ne plus le proposer' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Archiver' }).click();
  await expect(page.getByText('Ce moyen n’est plus proposé.')).toBeVisible();
});

/** Opens the payment of that amount in the list, and cancels it. */
async function takeBack(page: Page, amount: string, method: string): Promise<void> {
  const row = page.getByRole('row').filter({ hasText: amount }).filter({ hasText: method });
  await row.first().getByRole('link').first().click();
  await arrives(page, `de ${amount}`);
  await page.getByRole('button', { name: 'C’est une erreur' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Annuler le règlement' }).click();
  await expect(page.getByText('L’encaissement est annulé : il ne compte plus.')).toBeVisible();
}

test('what a customer announces counts once it is there; a market must agree', async ({ page }) => {
  await page.goto(`${home}/clients?q=&par=50`);
  await page
    .locator('tbody a')
    .nth(wide() ? 20 : 24)
    .click();
  await page.getByRole('link', { name: 'Encaisser', exact: true }).click();
  await arrives(page, 'Encaisser un règlement');
  await page.getByLabel('Montant').fill('dix');
  await page.getByRole('button', { name: 'Enregistrer le règlement' }).click();
  await expect(page.locator('#champ-amount-erreur')).toContainText('par exemple 42,50');
  await page.getByLabel('Montant').fill('10');
  await page.getByLabel('Il est annoncé').check();
  await page.getByRole('button', { name: 'Enregistrer le règlement' }).click();
  await expect(page.getByText('Le règlement est noté comme attendu : 10,00 €.')).toBeVisible();
  await page.getByRole('button', { name: 'C’est reçu' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Oui, c’est reçu' }).click();
  await expect(page.getByText('il compte maintenant dans le solde')).toBeVisible();
  await page.getByRole('button', { name: 'C’est une erreur' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Annuler le règlement' }).click();
  await expect(page.getByText('L’encaissement est annulé')).toBeVisible();

  const place = `Marché d’essai ${wide() ? 'bureau' : 'téléphone'} ${test.info().retry}`;
  await page.goto(`${home}/marches/nouveau`);
  await page.getByLabel('Lieu').fill(place);
  await page
    .getByLabel(/^Montant/)
    .first()
    .fill('21,10');
  await page.getByLabel('Espèces').fill('20');
  await page.getByRole('button', { name: 'Enregistrer le marché' }).click();
  await expect(page.getByRole('alert')).toContainText('1,10 € d’écart');
  await page.getByLabel('Espèces').fill('21,10');
  await page.getByRole('button', { name: 'Enregistrer le marché' }).click();
  await arrives(page, place);
  await page.getByRole('button', { name: 'Annuler ce marché' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Annuler le marché' }).click();
  await expect(page.getByText('Le marché est annulé')).toBeVisible();
});
