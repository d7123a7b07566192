import { expect, type Page, test } from '@playwright/test';
import { home, session } from './sign-in.ts';

/** What ends, and what follows it: in a small garden, where nobody else is at work. Each screen size puts everything back. */
const vallon = '/gestion/potager-du-vallon';
const heading = (page: Page) => page.getByRole('heading', { level: 1 });

/** Takes back the latest operation of this name. */
async function undo(page: Page, name: RegExp): Promise<void> {
  await page.goto(`${vallon}/operations`);
  const row = page.getByRole('listitem').filter({ hasText: name }).first();
  await row
    .getByRole('button', { name: /^Annuler/ })
    .first()
    .click();
  await row.getByRole('button', { name: 'Annuler l’opération' }).click();
  await expect(page.getByText('est annulé : les paniers sont comme avant.')).toBeVisible();
}

test.describe('the end of a season', () => {
  test.use({ storageState: session('stranger') });

  test('a season is copied: what it gives is shown, done, then taken back', async ({ page }) => {
    await page.goto(`${vallon}/saisons`);
    await page.getByRole('link', { name: 'Recopier une saison' }).click();
    await expect(page.getByLabel('Nom')).toHaveValue('Saison 2026');
    await page.getByLabel('Changement des prix').fill('beaucoup');
    await page.getByRole('button', { name: 'Voir ce que cela donne' }).click();
    await expect(page.getByLabel('Changement des prix')).toHaveAccessibleDescription(/Écrivez un pourcentage/);
    await expect(page.getByLabel('Changement des prix')).toHaveValue('beaucoup');

    await page.getByLabel('Changement des prix').fill('10');
    await page.getByRole('button', { name: 'Voir ce que cela donne' }).click();
    await expect(heading(page)).toHaveText('Ce que donne la nouvelle saison');
    await expect(page.getByText(/livraisons s’ajoutent au calendrier/)).toBeVisible();
    await expect(page.getByText('continue, avec un nouveau prix').first()).toBeVisible();
    await page.getByRole('button', { name: 'Créer la saison' }).click();
    await expect(page.getByText('« Saison 2026 » est prête.')).toBeVisible();
    await expect(page.getByRole('heading', { name: /Saison 2026/ })).toBeVisible();

    await undo(page, /Nouvelle saison «\sSaison 2026\s»/);
    await page.goto(`${vallon}/saisons`);
    await expect(page.getByRole('heading', { name: /Saison 2026/ })).toHaveCount(0);
  });

  test('what ends is told in the morning, renewed after a look, and nobody twice', async ({ page }) => {
    await page.goto(vallon);
    await expect(page.getByText(/abonnements se terminent/)).toBeVisible();
    await page.getByRole('link', { name: 'Renouveler', exact: true }).click();
    await expect(heading(page)).toHaveText('Renouvellement');

    await page.goto(`${vallon}/renouvellement?coches=aucun`);
    await page.getByRole('button', { name: /abonnements cochés/ }).click();
    await expect(page.getByRole('alert')).toContainText('Cochez au moins un abonnement.');

    await page.goto(`${vallon}/renouvellement?coches=aucun&etat=tacit`);
    const box = page.getByRole('checkbox', { name: /^Renouveler / }).first();
    const who = (await box.getAttribute('aria-label'))!.replace('Renouveler ', '').split(',')[0]!;
    await box.check();
    await page.getByRole('radio', { name: /Le même prix/ }).check();
    await page.getByRole('button', { name: /abonnements cochés/ }).click();
    await expect(heading(page)).toHaveText('Ce que donne le renouvellement');
    await expect(page.getByRole('link', { name: who }).first()).toBeVisible();
    await expect(page.getByText(/Le calendrier ne va pas jusqu’à ces dates/)).toBeVisible();
    await page.getByRole('button', { name: 'Renouveler 1 abonnement' }).click();
    await expect(page.getByText('L’abonnement est renouvelé.')).toBeVisible();

    await page.goto(`${vallon}/renouvellement?etat=renewed`);
    await expect(page.getByRole('link', { name: who })).toBeVisible();
    await expect(page.getByRole('checkbox', { name: `Renouveler ${who}` })).toHaveCount(0);
    await undo(page, /Renouvellement d’un abonnement/);
  });

  test('the ends of subscriptions leave as a file', async ({ page }) => {
    const answer = await page.request.get(`${vallon}/renouvellement/export?format=csv&etat=all`);
    const [first, ...rows] = (await answer.text()).trim().split('\n');
    expect(first).toContain('Nom');
    expect(first).toContain('État');
    expect(rows.length).toBeGreaterThan(10);
  });
});

test.describe('before a delivery', () => {
  test.use({ storageState: session('preparation') });

  test('what changes is told stop by stop, and printed', async ({ page }) => {
    await page.goto(home);
    await page
      .getByRole('link', { name: /^ce qui change/ })
      .first()
      .click();
    await expect(heading(page)).toHaveText('Ce qui change');
    await expect(page.getByText(/paniers, au lieu de \d+ le/)).toBeVisible();
    await expect(page.getByRole('list', { name: 'Changements par sorte' })).toContainText('absents');
    const sheet = await page.request.get((await page.getByRole('link', { name: 'Imprimer' }).getAttribute('href'))!);
    expect(sheet.headers()['content-type']).toBe('application/pdf');
    expect(sheet.headers()['content-disposition']).toContain('changements-');
    const file = await page.request.get((await page.getByRole('link', { name: 'CSV' }).getAttribute('href'))!);
    expect(await file.text()).toContain('Point de dépôt');
  });
});
