import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type BrowserContext, expect, type Page, test } from '@playwright/test';
import { empty, pilotFolder } from './servers.ts';

/** The first day of a garden: from nothing to this week's sheets, with the pilot garden's own files. One walk, told in chapters. */
test.describe.configure({ mode: 'serial' });

const files = existsSync(pilotFolder)
  ? readdirSync(pilotFolder)
      .filter((name) => name.endsWith('.csv'))
      .map((name) => join(pilotFolder, name))
  : [];
const withoutFiles = `the pilot garden's files are not there (${pilotFolder})`;
const home = '/gestion/jardin-du-test';

let context: BrowserContext;
let page: Page;
test.beforeAll(async ({ browser, contextOptions }) => {
  context = await browser.newContext({
    ...contextOptions,
    baseURL: empty.url,
    locale: 'fr-FR',
    timezoneId: 'Europe/Paris',
    acceptDownloads: true,
  });
  page = await context.newPage();
});
test.afterAll(() => context.close());

const field = (label: string) => page.getByLabel(label, { exact: false }).first();
const proceed = () => page.getByRole('button', { name: /^(Continuer|Terminer l’installation)$/ }).click();
const wrong = async (label: string) => {
  await expect(page.getByRole('alert')).toBeVisible();
  await expect(field(label)).toHaveAttribute('aria-invalid', 'true');
  await expect(field(label), 'the error stands beside the field').toHaveAccessibleDescription(/\S/);
};

test('the first visit leads to the installation, which forgives mistakes', async () => {
  await page.goto('/gestion');
  await expect(page).toHaveURL(/\/installation$/);

  await proceed();
  await wrong('Nom du réseau');
  await field('Nom du réseau').fill('Réseau d’essai');
  await proceed();

  await field('Commune').fill('Metz');
  await proceed();
  await wrong('Nom du jardin');
  await expect(field('Commune')).toHaveValue('Metz');
  await field('Nom du jardin').fill('Jardin du Test');
  await proceed();

  await field('Votre nom').fill('Jeanne Martin');
  await field('Votre adresse e-mail').fill('jeanne@');
  await field('Votre mot de passe').fill('trop court');
  await proceed();
  await wrong('Votre adresse e-mail');
  await expect(field('Votre nom')).toHaveValue('Jeanne Martin');
  await expect(field('Votre adresse e-mail')).toHaveValue('jeanne@');
  await expect(field('Votre mot de passe'), 'a password is never sent back').toHaveValue('');

  await page.getByRole('button', { name: 'Revenir' }).click();
  await expect(field('Nom du jardin')).toHaveValue('Jardin du Test');
  await expect(field('Commune')).toHaveValue('Metz');
  await proceed();
  await field('Votre adresse e-mail').fill('jeanne@exemple.test');
  await field('Votre mot de passe').fill('les poireaux du matin');
  await proceed();

  await expect(page).toHaveURL(new RegExp(`${home}$`));
  await page.goto('/installation');
  await expect(page, 'it is done once').not.toHaveURL(/installation/);
});

test('the garden’s page says what to do first', async () => {
  await page.goto(home);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Cette semaine');
  await page
    .getByRole('main')
    .getByRole('link', { name: /[Ii]mporter/ })
    .first()
    .click();
  await expect(page).toHaveURL(/\/imports/);
});

/** What the pilot's files hold, and how many lines of each are wrong. */
const expected: [kind: RegExp, good: number][] = [
  [/^Clients/, 944],
  [/^Points de dépôt/, 39],
  [/^Tournées/, 5],
  [/^Abonnements/, 1068],
  [/^Absences|^Demandes/, 424],
];
const counts = async (column: number): Promise<number[]> => {
  const rows = await page.getByRole('region', { name: 'Lignes des fichiers, par contenu' }).locator('tbody tr').all();
  const read = await Promise.all(
    rows.map(
      async (row) =>
        [await row.locator('th').innerText(), Number((await row.locator('td').nth(column).innerText()).replace(/\D/g, ''))] as const,
    ),
  );
  return expected.map(([kind]) => read.find(([name]) => kind.test(name))?.[1] ?? -1);
};
const sendFiles = async (name: string) => {
  await page.goto(`${home}/imports/nouveau`);
  await field('Fichiers Excel').setInputFiles(files);
  await field('Saison').fill('2025');
  await field('Nom de cet import').fill(name);
  await page.getByRole('button', { name: 'Vérifier les fichiers' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText(name, { timeout: 30_000 });
};
const keep = async (click: () => Promise<void>): Promise<Buffer> => {
  const coming = page.waitForEvent('download');
  await click();
  return readFileSync(await (await coming).path());
};

test('a first pass shows what the files hold, and which lines are wrong', async () => {
  test.skip(!files.length, withoutFiles);
  test.setTimeout(120_000);
  await sendFiles('Fichiers du tableur');
  await expect(page.getByText('Rien n’est encore enregistré').first()).toBeVisible();
  expect(await counts(0)).toEqual(expected.map(([, good]) => good));
  await expect(page.getByRole('heading', { name: '14 lignes à corriger' })).toBeVisible();

  const rejected = page.locator('#a-corriger tbody tr');
  await expect(rejected).toHaveCount(14);
  for (const row of await rejected.all()) {
    await expect(row.locator('th')).toHaveText(/^\d+$/);
    await expect(row.locator('td').first()).toHaveText(/\p{L}{3}/u);
  }
  const file = (await keep(() => page.getByRole('link', { name: 'Lignes à corriger de adherents.csv' }).click())).toString('utf8');
  expect(file.trim().split(/\r?\n/).length, 'its header and its wrong lines').toBeGreaterThan(1);

  await page.getByRole('link', { name: 'Vérifier les colonnes de adherents.csv' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('adherents.csv');
  await page.getByRole('button', { name: 'Utiliser ces colonnes' }).click();
  await expect(page.getByText('retenu pour vos prochains fichiers')).toBeVisible();
  expect(await counts(0), 'the same columns, the same result').toEqual(expected.map(([, good]) => good));
});

test('then it is imported, as announced', async () => {
  test.skip(!files.length, withoutFiles);
  test.setTimeout(120_000);
  await page.getByRole('button', { name: 'Importer', exact: true }).click();
  await expect(page.getByText('C’est importé')).toBeVisible({ timeout: 60_000 });
  expect(await counts(0)).toEqual(expected.map(([, good]) => good));
  await page.goto(`${home}/clients`);
  await expect(page.getByText(/sur 944/)).toBeVisible();
});

const kinds = ['Simple', 'Familial', 'Fruité 1', 'Fruité 2', 'Fruité 3'];
/** Depots that receive something on the Wednesday: they must stand on its sheets. */
const wednesdayDepots: string[] = [];
test('the deliveries of week 43 add up to the last basket', async () => {
  test.skip(!files.length, withoutFiles);
  await page.goto(`${home}/calendrier?annee=2025`);
  const week = page.locator('#semaine-43');
  const addresses = await week.getByRole('link').evaluateAll((links) => links.map((link) => link.getAttribute('href')!));
  expect(addresses).toHaveLength(5);
  const days = new Map<string, number[]>();
  for (const address of addresses) {
    await page.goto(address);
    const [day] = (await page.getByRole('heading', { level: 1 }).innerText()).split('\n') as [string];
    const sums = days.get(day) ?? kinds.map(() => 0);
    for (const [at, kind] of kinds.entries()) {
      const figure = page
        .locator('dl.totals div')
        .filter({ has: page.getByText(kind, { exact: true }) })
        .locator('dd');
      sums[at]! += (await figure.count()) ? Number(await figure.innerText()) : 0;
    }
    days.set(day, sums);
    if (day.startsWith('Mercredi')) {
      const table = page.getByRole('region', { name: 'Paniers par point de dépôt' });
      const total = (await table.locator('thead th').allInnerTexts()).indexOf('Total');
      for (const cells of await table
        .locator('tbody tr')
        .evaluateAll((rows) => rows.map((row) => [...row.children].map((cell) => cell.textContent!.trim()))))
        if (Number(cells[total]) > 0) wednesdayDepots.push(cells[0]!.replace(/^\d+\. /, ''));
    }
  }
  expect(Object.fromEntries(days)).toEqual({
    'Mercredi 22 octobre 2025': [345, 58, 45, 24, 6],
    'Vendredi 24 octobre 2025': [342, 53, 36, 22, 14],
  });
});

const canRead = (() => {
  try {
    execFileSync('pdftotext', ['-v'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
})();

/** Names may be cut over two lines. */
const squashed = (text: string) => text.replace(/\s+/g, '');
test('its sheets are printed, with every depot', async () => {
  test.skip(!files.length, withoutFiles);
  await page.goto(`${home}/feuilles?jour=2025-10-22`);
  for (const kind of ['preparation', 'route']) {
    const href = (await page.getByRole('main').locator(`a[href$="2025-10-22/${kind}.pdf"]`).first().getAttribute('href'))!;
    const pdf = await (await page.request.get(href)).body();
    expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
    if (!canRead) continue;
    const text = squashed(execFileSync('pdftotext', ['-', '-'], { input: pdf, encoding: 'utf8' }));
    expect(text).toContain(squashed('22 octobre'));
    expect(wednesdayDepots.length).toBeGreaterThan(10);
    for (const depot of wednesdayDepots) expect(text, kind).toContain(squashed(depot));
  }
});

test('the same files again change nothing', async () => {
  test.skip(!files.length, withoutFiles);
  test.setTimeout(120_000);
  await sendFiles('Les mêmes fichiers');
  expect(await counts(0)).toEqual(expected.map(() => 0));
  expect(await counts(1)).toEqual(expected.map(() => 0));
  expect(await counts(2)).toEqual(expected.map(([, good]) => good));
  await expect(page.getByText('Les paniers prévus ne changeront pas')).toBeVisible();
  await page.getByRole('button', { name: 'Importer', exact: true }).click();
  await expect(page.getByText('Tout était déjà là : rien n’a changé')).toBeVisible({ timeout: 60_000 });
});

test('and the import can be undone: the garden is as before', async () => {
  test.skip(!files.length, withoutFiles);
  test.setTimeout(120_000);
  for (const name of ['Les mêmes fichiers', 'Fichiers du tableur']) {
    await page.goto(`${home}/imports`);
    await page.getByRole('link', { name }).click();
    await page.getByRole('button', { name: 'Annuler cet import' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Annuler l’import' }).click();
    await expect(page.getByText('L’import est annulé')).toBeVisible({ timeout: 60_000 });
  }
  await page.goto(`${home}/clients`);
  await expect(page.getByText('Aucun client pour l’instant')).toBeVisible();
  await page.goto(`${home}/depots`);
  await expect(page.getByText('Aucun point de dépôt pour l’instant')).toBeVisible();
});
