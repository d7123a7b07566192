import { readFileSync } from 'node:fs';
import { expect, type Page, test } from '@playwright/test';
import { basketOf, customers, openChange, openUntouched } from './customers.ts';
import { demo } from './servers.ts';
import { home, session, signIn } from './sign-in.ts';

/** A week of somebody who takes the calls, on an ordinary Monday. Each screen size has people of its own in the demonstration. */

const own = (place: number) => (test.info().project.name.startsWith('écran') ? 0 : 10) + place;
const someone = async (page: Page, place: number) => (await customers(page))[50 + own(place)]!;
const heading = (page: Page) => page.getByRole('heading', { level: 1 });

test.describe('at the door', () => {
  test('a wrong password is told, the right one opens the week, and one can leave', async ({ page }) => {
    await signIn(page, 'nadia@exemple.test', 'courgette-verte');
    await expect(page.getByRole('alert')).toContainText('n’est pas le bon');
    await expect(page.getByLabel('Adresse e-mail')).toHaveValue('nadia@exemple.test');
    await expect(page.getByLabel('Mot de passe')).toHaveValue('');

    await page.getByLabel('Mot de passe').fill('potimarron');
    await page.getByRole('button', { name: 'Se connecter' }).click();
    await expect(page).toHaveURL(new RegExp(`${home}$`));
    await expect(heading(page)).toHaveText('Cette semaine');
    await expect(page.getByText('Lundi 20 octobre 2025')).toBeVisible();

    await page.getByRole('button', { name: 'mon compte' }).click();
    await page.getByRole('button', { name: 'Se déconnecter' }).click();
    await page.goto(`${home}/clients`);
    await expect(page).toHaveURL(/\/connexion\?suite=/);
  });

  test('the page that was asked for comes after the door', async ({ page }) => {
    await page.goto(`${home}/feuilles`);
    await page.getByLabel('Adresse e-mail').fill('bruno@exemple.test');
    await page.getByLabel('Mot de passe').fill('potimarron');
    await page.getByRole('button', { name: 'Se connecter' }).click();
    await expect(page).toHaveURL(new RegExp(`${home}/feuilles$`));
  });
});

test.describe('somebody calls', () => {
  test.use({ storageState: session('ventes') });

  test('the week shows its days, what may still change, and what to print', async ({ page }) => {
    await page.goto(home);
    const wednesday = page.getByRole('article').filter({ hasText: 'Mercredi 22 octobre' });
    await expect(wednesday.getByText('Figé, prêt à imprimer')).toBeVisible();
    await expect(wednesday.getByRole('link', { name: 'Feuille de route' })).toBeVisible();
    await expect(
      page
        .getByRole('article')
        .filter({ hasText: 'Vendredi 24 octobre' })
        .getByText(/Modifiable jusqu’au/),
    ).toBeVisible();
    await expect(page.getByRole('heading', { name: 'La semaine prochaine' })).toBeVisible();
  });

  test('a customer is found by three letters, by figures of her phone, without accents', async ({ page }) => {
    const people = await customers(page);
    const plain = people[3]!;
    const accented = people.find(({ name }) => /[éèêëïçÉ]/.test(name))!;
    const called = people.find(({ phone }) => phone)!;
    const searches: [typed: string, found: string][] = [
      [plain.name.slice(0, 3), plain.name],
      [called.phone.replace(/\D/g, '').slice(-6), called.name],
      [called.phone, called.name],
      [accented.name.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase(), accented.name],
    ];
    for (const [typed, found] of searches) {
      await page.goto(`${home}/clients`);
      await page.getByRole('searchbox').fill(typed);
      await page.getByRole('searchbox').press('Enter');
      await expect(page.getByRole('link', { name: found, exact: true }).first(), typed).toBeVisible();
    }
    await page.getByRole('searchbox').fill('zzzzqqqq');
    await page.getByRole('button', { name: 'Chercher' }).click();
    await expect(page.getByText('Rien ne correspond à « zzzzqqqq »')).toBeVisible();
  });

  test('a basket is put off: both weeks change, the trail says who, and it can be taken back', async ({ page }) => {
    await openUntouched(page, own(0));
    const lines = page.locator('#paniers li');
    const before = await lines.allTextContents();
    const from = await openChange(page);
    const weeks = page.getByLabel('Livrer plutôt le');
    const target = (await weeks.locator('option', { hasText: 'déjà prévu' }).first().getAttribute('value'))!;
    const to = Number(target.split('-')[1]);
    await weeks.selectOption(target);
    await page.getByRole('button', { name: 'Enregistrer la demande' }).click();

    await expect(page.getByText(`Le panier de la semaine ${from} est reporté à la semaine ${to}.`)).toBeVisible();
    await expect(basketOf(page, from)).toContainText(`reporté à la semaine ${to}`);
    await expect(basketOf(page, from)).toContainText('pas de panier');
    await expect(basketOf(page, to)).toContainText(`reçu en plus : reporté de la semaine ${from}`);

    await page.locator('#historique summary').click();
    await expect(page.locator('#historique li').first()).toContainText('Nadia Benali');

    const asked = page
      .locator('#demandes li')
      .filter({ hasText: `semaine ${from} reporté à la semaine ${to}` })
      .first();
    await expect(asked).toContainText('Prise en compte');
    await asked.getByRole('button', { name: 'Retirer' }).click();
    await expect(page.getByText('La demande est retirée')).toBeVisible();
    await expect(asked).toContainText('Retirée');
    expect(await lines.allTextContents()).toEqual(before);
  });

  test('a frozen basket says so and is not changed', async ({ page }) => {
    const list = await customers(page);
    for (const { path } of list.slice(0, 40)) {
      await page.goto(path);
      const link = page.locator('#paniers a').first();
      if (!(await basketOf(page, 43).getByText('figé').count()) || !(await link.count())) continue;
      await page.goto((await link.getAttribute('href'))!.replace(/2025-\d+/, '2025-43'));
      await expect(page.getByText('Trop tard')).toBeVisible();
      await expect(page.getByRole('button', { name: 'Enregistrer la demande' })).toHaveCount(0);
      return;
    }
    throw new Error('Nobody has a frozen basket in week 43.');
  });

  test('a wrong address is told beside its field, and nothing typed is lost', async ({ page }) => {
    const { path } = await someone(page, 1);
    await page.goto(`${path}/modifier`);
    await page.getByLabel('Ville').fill('Courcelles-Chaussy');
    await page.getByLabel('E-mail').fill('camille@exemple');
    await page.getByRole('button', { name: 'Enregistrer' }).click();
    await expect(page.getByRole('alert')).toContainText('E-mail');
    await expect(page.getByLabel('E-mail')).toHaveAttribute('aria-invalid', 'true');
    await expect(page.getByLabel('E-mail')).toHaveAccessibleDescription(/\S/);
    await expect(page.getByLabel('E-mail')).toHaveValue('camille@exemple');
    await expect(page.getByLabel('Ville')).toHaveValue('Courcelles-Chaussy');

    await page.getByLabel('E-mail').fill('camille@exemple.test');
    await page.getByRole('button', { name: 'Enregistrer' }).click();
    await expect(page.getByText('La fiche est enregistrée.')).toBeVisible();
    await expect(page.getByText('Courcelles-Chaussy').first()).toBeVisible();
  });

  test('two people on one record: the second is told, and nothing is lost', async ({ page, browser, contextOptions, baseURL }) => {
    const { path } = await someone(page, 2);
    await page.goto(`${path}/modifier`);
    await page.getByLabel('Téléphone').fill('06 11 11 11 11');
    await page.getByLabel('Notes').fill('Sonner deux fois.');

    const other = await browser.newContext({ ...contextOptions, baseURL, storageState: session('administrateur') });
    const second = await other.newPage();
    await second.goto(`${path}/modifier`);
    await second.getByLabel('Téléphone').fill('06 22 22 22 22');
    await second.getByLabel('Ville').fill('Ars-Laquenexy');
    await second.getByRole('button', { name: 'Enregistrer' }).click();
    await expect(second.getByText('La fiche est enregistrée.')).toBeVisible();
    await other.close();

    await page.getByRole('button', { name: 'Enregistrer' }).click();
    await expect(page.getByRole('alert')).toContainText('modifiée entre-temps par Camille Aubry');
    await expect(page.getByLabel('Téléphone')).toHaveValue('06 11 11 11 11');
    await expect(page.getByLabel('Téléphone')).toHaveAccessibleDescription(/06 22 22 22 22/);
    await expect(page.getByLabel('Notes')).toHaveValue('Sonner deux fois.');
    await expect(page.getByLabel('Ville')).toHaveValue('Ars-Laquenexy');

    await page.getByRole('button', { name: 'Enregistrer' }).click();
    await expect(page.getByText('La fiche est enregistrée.')).toBeVisible();
    for (const text of ['06 11 11 11 11', 'Ars-Laquenexy', 'Sonner deux fois.']) await expect(page.getByText(text).first()).toBeVisible();
  });

  test('a form sent twice acts once', async ({ page }) => {
    await openUntouched(page, own(1));
    const record = page.url();
    const before = await page.locator('#demandes li').count();
    const from = await openChange(page);
    const form = page.locator('form:has([name=semaine])');
    const action = new URL((await form.getAttribute('action'))!, page.url()).href;
    const target = (await form.locator('[name=semaine] option').nth(1).getAttribute('value'))!;
    const send = () =>
      page.request.post(action, {
        form: { demande: 'reporter', semaine: target },
        headers: { origin: demo.url, accept: 'text/html' },
        maxRedirects: 0,
      });
    const answers = await Promise.all([send(), send(), send()]);
    for (const answer of answers) expect(answer.status()).toBeLessThan(500);
    await page.goto(record);
    await expect(page.locator('#demandes li')).toHaveCount(before + 1);
    await expect(basketOf(page, from)).toContainText('reporté à');
  });

  test('the list leaves as a file that a spreadsheet opens', async ({ page }) => {
    await page.goto(`${home}/clients`);
    for (const [link, start] of [
      ['texte (CSV)', '\ufeff'],
      ['tableur (XLSX)', 'PK'],
    ] as const) {
      const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: link }).click()]);
      const content = readFileSync(await download.path(), 'utf8');
      expect(content.startsWith(start), link).toBe(true);
      if (start === '\ufeff') expect(content.trim().split('\n').length).toBeGreaterThan(900);
    }
  });
});

test.describe('the round', () => {
  test.use({ storageState: session('ventes') });

  test('depots are a list, a map and a record', async ({ page }) => {
    await page.goto(`${home}/depots`);
    // Those of the demonstration, and any that other tests have made since.
    await expect(page.getByText(/^(39|[4-9]\d) points de dépôt/)).toBeVisible();
    const first = page.locator('tbody').getByRole('link').first();
    const name = (await first.innerText()).split('\n')[0]!.trim();
    await first.click();
    await expect(heading(page)).toContainText(name);
    await expect(page.getByRole('heading', { name: 'Prochaines livraisons' })).toBeVisible();
    await page.goto(`${home}/depots/carte`);
    await expect(page.getByRole('main').getByRole('link', { name }).first()).toBeVisible();
  });

  test('a stop goes down by its button, and up again', async ({ page }) => {
    await page.goto(`${home}/tournees`);
    await page.getByRole('link', { name: 'Changer l’ordre' }).first().click();
    const stops = page.getByRole('list', { name: /Arrêts de la tournée/ }).getByRole('listitem');
    const [first, second] = (await stops.locator('.what').allTextContents()) as [string, string];
    const save = page.getByRole('button', { name: 'Enregistrer l’ordre' });
    for (const [button, on, expected] of [
      ['Descendre', 0, [second, first]],
      ['Monter', 1, [first, second]],
    ] as const) {
      await stops.nth(on).getByRole('button', { name: button }).click();
      // With JavaScript the whole order is saved at the end.
      if (await save.isVisible()) {
        await save.click();
        await expect(page.getByText('Le nouvel ordre est enregistré')).toBeVisible();
        await page.getByRole('link', { name: 'Changer l’ordre' }).first().click();
      }
      await expect(stops.nth(0).locator('.what')).toHaveText(expected[0]);
      await expect(stops.nth(1).locator('.what')).toHaveText(expected[1]);
    }
  });

  test('a delivery adds up: by basket, by depot, customer by customer', async ({ page }) => {
    await page.goto(`${home}/livraisons`);
    await page.getByRole('main').locator(`a[href*="/livraisons/"]`, { hasText: 'Metz centre' }).first().click();
    const figures = (await page.locator('dl.totals dd').allInnerTexts()).map(Number);
    const [all, ...kinds] = figures;
    expect(all).toBeGreaterThan(50);
    expect(kinds.reduce((sum, count) => sum + count, 0)).toBe(all);
    const foot = await page.locator('tfoot td').allInnerTexts();
    expect(foot.map(Number)).toContain(all);
    await expect(page.locator('#paniers tbody tr').first()).toBeVisible();
  });

  test('sheets come as real PDF', async ({ page }) => {
    await page.goto(`${home}/feuilles`);
    for (const name of [/^Préparation|préparation/, /^Feuille de route|route/]) {
      const href = (await page.getByRole('main').getByRole('link', { name }).first().getAttribute('href'))!;
      const answer = await page.request.get(href);
      expect(answer.headers()['content-type']).toBe('application/pdf');
      expect((await answer.body()).subarray(0, 5).toString()).toBe('%PDF-');
    }
    await page.goto(`${home}/feuilles?jour=2025-10-21`);
    await expect(page.getByText('Aucune livraison le mardi 21 octobre 2025')).toBeVisible();
  });
});

test.describe('somebody of two gardens', () => {
  test.use({ storageState: session('comptabilite') });
  test('chooses one, and goes to the other', async ({ page }) => {
    await page.goto('/gestion');
    await page.getByRole('link', { name: /Jardins de la Moselle/ }).click();
    await expect(page).toHaveURL(new RegExp(`${home}$`));
    await page.getByRole('button', { name: 'Changer de jardin' }).click();
    await page.getByRole('link', { name: 'Le Potager du Vallon' }).click();
    await expect(page).toHaveURL(/\/gestion\/potager-du-vallon$/);
    await page.goto('/gestion/potager-du-vallon/clients');
    // Sixty people; « Donateurs », the account by which gifts pass, is none.
    await expect(page.getByText(/sur 60|60 clients/)).toBeVisible();
  });
});
