import { expect, type Page, test } from '@playwright/test';
import { home, people, session, signInBy } from './sign-in.ts';

/** Places of collection, as somebody who organises the tours lives them: made, filled, closed for a while, waited for. Each screen size has its own. */

test.use({ storageState: session('ventes') });

const wide = () => test.info().project.name.startsWith('écran');
const heading = (page: Page) => page.getByRole('heading', { level: 1 });
const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();

/** An archive asks in a dialog, which the telephone without JavaScript opens as well. */
async function archive(page: Page, opener: string): Promise<void> {
  await press(page, opener);
  await page.getByRole('dialog').getByRole('button', { name: 'Archiver', exact: true }).click();
}

test('a tour and a depot are made on screen; what is wrong is told beside its field, what was typed stays', async ({ page }) => {
  // Of its own at each try: what a first try made is not taken for what the second one makes.
  const code = `L${wide() ? 1 : 2}-${Date.now() % 10_000}`;
  const depot = wide() ? 'Halle aux grains' : 'Halle aux fleurs';
  await page.goto(`${home}/tournees`);
  await page.getByRole('link', { name: 'Nouvelle tournée' }).click();
  await page.getByLabel('Code').fill('ME1');
  await page.getByLabel('Nom').fill('Lundi, essai');
  await page.getByLabel('Jour de préparation').selectOption('vendredi');
  await page.getByLabel('Jour de livraison').selectOption('lundi');
  await press(page, 'Créer la tournée');
  await expect(page.getByText('C’est celui de la tournée').first()).toBeVisible();
  await expect(page.getByLabel('Nom')).toHaveValue('Lundi, essai');
  await page.getByLabel('Code').fill(code);
  await press(page, 'Créer la tournée');
  await expect(page.getByText(/La tournée L\S+ est créée, avec ses \d+ livraisons/)).toBeVisible();

  await page.goto(`${home}/depots`);
  await page.getByRole('link', { name: 'Nouveau point de dépôt' }).click();
  await page.getByLabel('Nom', { exact: true }).fill(depot);
  await page.getByRole('radio', { name: /Réservé/ }).check();
  await press(page, 'Créer le point de dépôt');
  await expect(page.getByText('Un dépôt réservé s’ouvre avec un mot de passe').first()).toBeVisible();
  await expect(page.getByLabel('Nom', { exact: true })).toHaveValue(depot);
  await page.getByLabel('Mot de passe du dépôt').fill('courge');
  await page.getByLabel('Code d’accès').fill('77B12');
  await press(page, 'Créer le point de dépôt');
  await expect(heading(page)).toContainText(depot);
  await expect(page.getByText('77B12')).toBeVisible();

  await page.getByRole('link', { name: 'Mettre sur une tournée' }).click();
  await page.getByLabel('Tournée', { exact: true }).selectOption({ label: `${code} · Lundi, essai` });
  await page.getByLabel('Heure d’arrivée').fill('25h');
  await press(page, 'Ajouter le passage');
  await expect(page.getByText('Écrivez une heure').first()).toBeVisible();
  await page.getByLabel('Heure d’arrivée').fill('8h20');
  await page.getByLabel('Nombre de places').fill('12');
  await press(page, 'Ajouter le passage');
  await expect(page.getByText('Le point de dépôt est sur la tournée.')).toBeVisible();
  await expect(page.getByText('08h20')).toBeVisible();

  // A second cabinet at the same address.
  await page.getByRole('link', { name: 'Ajouter un autre passage' }).click();
  await page.getByLabel('Tournée', { exact: true }).selectOption({ label: `${code} · Lundi, essai` });
  await press(page, 'Ajouter le passage');
  await expect(page.getByText('La tournée passe déjà ici sous ce nom').first()).toBeVisible();
  await page.getByLabel('Nom du passage').fill('armoire B');
  await press(page, 'Ajouter le passage');
  await expect(page.getByRole('link', { name: `${code} · Lundi, essai (armoire B)` })).toBeVisible();

  // Nobody comes here yet: the depot can be put away, and comes back.
  await page.getByRole('link', { name: 'Modifier', exact: true }).click();
  await archive(page, 'Archiver le point de dépôt');
  await expect(page.getByText('Le point de dépôt est archivé.')).toBeVisible();
  await page.getByText(/^Points de dépôt archivés/).click();
  await page.getByRole('button', { name: `Remettre en cours ${depot}` }).click();
  await expect(heading(page)).toContainText(depot);
});

test('a depot that serves is not put away, and it is told why', async ({ page }) => {
  await page.goto(`${home}/depots/1/modifier`);
  await archive(page, 'Archiver le point de dépôt');
  await expect(page.getByText(/Ce dépôt sert encore\s: \d+ abonnements en cours ou à venir, \d+ paniers à livrer/)).toBeVisible();
});

test('a photo is what its bytes say, and is seen by those who may', async ({ page, browser }) => {
  await page.goto(`${home}/depots/7/photo`);
  await page
    .getByLabel('Photo')
    .setInputFiles({ name: 'porte.png', mimeType: 'image/png', buffer: Buffer.from('<svg onload="alert(1)"/>') });
  await press(page, 'Enregistrer la photo');
  await expect(page.getByText('Une photo JPEG, PNG ou WebP.').first()).toBeVisible();
  await page.getByLabel('Photo').setInputFiles({ name: 'porte.jpg', mimeType: 'image/jpeg', buffer: Buffer.alloc(2_100_000, 0xff) });
  await press(page, 'Enregistrer la photo');
  await expect(page.getByText('réduisez-la').first()).toBeVisible();
  const dot = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');
  await page.getByLabel('Photo').setInputFiles({ name: 'porte.txt', mimeType: 'text/plain', buffer: dot });
  await press(page, 'Enregistrer la photo');
  await expect(page.getByText('La photo est enregistrée.')).toBeVisible();
  const image = page.getByRole('img', { name: /vu de l’extérieur/ });
  const address = (await image.getAttribute('src'))!;
  const answer = await page.request.get(address);
  expect(answer.status()).toBe(200);
  expect(answer.headers()).toMatchObject({
    'content-type': 'image/png',
    'x-content-type-options': 'nosniff',
    'cache-control': 'private, max-age=86400',
  });
  // Somebody of another garden does not see it, nor somebody who is not signed in.
  const elsewhere = await browser.newContext({ storageState: { cookies: [], origins: [] } });
  expect((await elsewhere.request.get(new URL(address, page.url()).href, { maxRedirects: 0 })).status()).toBe(303);
  await signInBy(elsewhere.request, people.stranger);
  expect((await elsewhere.request.get(new URL(address, page.url()).href)).status()).toBe(404);
  await elsewhere.close();
});

test('a depot closes for two weeks: who is concerned is shown first, those without e-mail are to be called, and it is undone', async ({
  page,
}) => {
  const own = `${home}/depots/${wide() ? 6 : 8}`;
  await page.goto(own);
  const before = await page.locator('.coming').innerText();
  await page.getByRole('link', { name: 'Fermer pour un temps' }).click();
  await page.getByLabel('Fermé du').fill('2025-11-12');
  await page.getByLabel('Jusqu’au').fill('2025-11-03');
  await press(page, 'Voir ce qui change');
  await expect(page.getByText('La fin vient après le début.').first()).toBeVisible();
  await page.getByLabel('Fermé du').fill('2025-11-03');
  await page.getByLabel('Jusqu’au').fill('2025-11-12');
  const magasin = await page.getByLabel('Les paniers vont à').locator('option', { hasText: 'Magasin du jardin' }).getAttribute('value');
  await page.getByLabel('Les paniers vont à').selectOption(magasin!);
  await page.getByLabel('Raison').fill('travaux');
  await press(page, 'Voir ce qui change');
  await expect(page.getByText(/Pas assez de place\s: \d+ paniers sur \d+ déjà le vendredi 7 novembre/).first()).toBeVisible();
  await page.getByLabel('Dépasser la capacité').check();
  await press(page, 'Voir ce qui change');
  await expect(heading(page)).toHaveText('Ce qui change');
  await expect(page.getByText(/fermé du 3 au 12 novembre/).first()).toBeVisible();
  await expect(page.getByText(/clients? concernés?/).first()).toBeVisible();
  await press(page, 'Confirmer la fermeture');
  await expect(page.getByText(/La fermeture est enregistrée\..*par e-mail/)).toBeVisible();
  await expect(heading(page)).toHaveText('Fermeture');
  await page.goto(own);
  await expect(page.getByText('Fermé du 3 au 12 novembre').first()).toBeVisible();
  expect(await page.locator('.coming').innerText()).not.toBe(before);

  // Opened again before its day, seen first too.
  await page.getByRole('link', { name: /Voir la fermeture du 3 au 12 novembre/ }).click();
  await press(page, 'Rouvrir avant la date…');
  await expect(page.getByText('Aucun message ne part').first()).toBeVisible();
  await press(page, 'Rouvrir le dépôt');
  await expect(page.getByText('Le dépôt est rouvert')).toBeVisible();
  expect(await page.locator('.coming').innerText()).toBe(before);
});

test('somebody waits for a place, is offered one, and takes it', async ({ page }) => {
  await page.goto(`${home}/attente`);
  await expect(page.getByText('Place proposée').first()).toBeVisible();
  // Who waits already is at hand; another customer is found by name.
  await page.getByRole('link', { name: 'Ajouter une personne' }).click();
  await page.getByRole('searchbox').fill(wide() ? 'barbier' : 'fabre');
  await press(page, 'Chercher');
  await page.locator('a[href^="?client="]').first().click();
  await page.getByLabel('Formule').selectOption({ label: 'Petit panier' });
  const magasin = await page.getByLabel('Premier choix').locator('option', { hasText: 'Magasin du jardin' }).getAttribute('value');
  await page.getByLabel('Premier choix').selectOption(magasin!);
  await page.getByLabel('Deuxième choix').selectOption(magasin!);
  await press(page, 'Mettre sur la liste');
  await expect(page.getByText('Chaque choix est un autre dépôt.').first()).toBeVisible();
  await expect(page.getByLabel('Premier choix')).toHaveValue(magasin!);
  await page.getByLabel('Deuxième choix').selectOption('');
  await press(page, 'Mettre sur la liste');
  await expect(page.getByText('La personne est sur la liste d’attente.')).toBeVisible();
  const entry = page.url();
  await press(page, 'Proposer cette place');
  await expect(page.getByText(/La place est gardée jusqu’au lundi 27 octobre/)).toBeVisible();
  await page.goto(entry);
  await expect(page.getByText('gardée jusqu’au lundi 27 octobre compris')).toBeVisible();
  await press(page, 'Place refusée : attend toujours');
  await expect(page.getByText('La place est libérée.')).toBeVisible();
  await page.goto(entry);
  await press(page, 'Proposer cette place');
  await page.goto(entry);
  await press(page, 'Prendre la place');
  await expect(page.getByText('L’abonnement est créé')).toBeVisible();
  await page.goto(entry);
  await expect(page.getByText('Abonné', { exact: true })).toBeVisible();
});

test('who may not run depots sees neither their password nor their forms; who delivers sees the code', async ({ browser }) => {
  const look = async (visitor: 'preparation' | 'comptabilite') => {
    const context = await browser.newContext({ storageState: session(visitor) });
    const page = await context.newPage();
    await page.goto(`${home}/depots/2`);
    const text = await page.getByRole('main').innerText();
    const refused = (await page.goto(`${home}/depots/2/fermer`))!.status();
    await context.close();
    return { text, refused };
  };
  const driver = await look('preparation');
  expect(driver.text).toContain('4512B');
  const accountant = await look('comptabilite');
  expect(accountant.text).not.toContain('4512B');
  expect([driver.refused, accountant.refused]).toEqual([403, 403]);
});
