import { expect, type Page, test } from '@playwright/test';
import { home, session } from './sign-in.ts';

/** A harvest from what there is to what was lost. Each screen size has a delivery day of its own, far enough for nobody else to work on it. */

test.use({ storageState: session('ventes') });
test.describe.configure({ mode: 'serial' });

const wide = () => test.info().project.name.startsWith('écran');
const list = `${home}/recolte`;

async function openDay(page: Page): Promise<string> {
  await page.goto(list);
  const day = page.getByRole('article').nth(wide() ? 5 : 4);
  const link = day.getByRole('link');
  const address = (await link.getAttribute('href'))!;
  await link.click();
  await expect(page.getByRole('navigation', { name: 'Récolte du jour' })).toBeVisible();
  return address;
}

/** Produce that is not said to be there yet stands in a folded list. */
async function unfold(page: Page): Promise<void> {
  const folded = page.locator('form details:not([open]) > summary');
  while ((await folded.count()) > 0) await folded.first().click();
}

test('what there is: told, refused beside its field when it cannot be read, kept', async ({ page }) => {
  await openDay(page);
  await unfold(page);
  await page.getByLabel('Panais : quantité disponible').fill('une caisse');
  await page.getByRole('button', { name: 'Enregistrer' }).click();
  await expect(page.getByRole('alert')).toContainText('Panais');
  await expect(page.getByLabel('Panais : quantité disponible')).toHaveValue('une caisse');
  await page.getByLabel('Panais : quantité disponible').fill('83,5');
  await page.getByRole('button', { name: 'Enregistrer' }).click();
  await expect(page.getByText('C’est enregistré.')).toBeVisible();
  await expect(page.getByLabel('Panais : quantité disponible')).toHaveValue('83,5');
});

test('shared between baskets, never more than there is; then harvested, printed, reckoned', async ({ page, request }) => {
  const day = await openDay(page);
  await page.getByRole('link', { name: 'Partager : Panais' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Partager : Panais');
  const shares = page.getByLabel(/^Part\s: /);
  const quantities = page.getByLabel(/^Dans chaque panier\s: /);
  const count = await shares.count();

  // Too much for the total: said, and nothing is written.
  await page.getByLabel('les quantités').check();
  for (let at = 0; at < count; at++) await quantities.nth(at).fill('5');
  await page.getByRole('button', { name: 'Mettre dans les paniers' }).click();
  await expect(page.getByRole('alert')).toContainText('il y en a 83,5 kg');
  await expect(quantities.first()).toHaveValue('5');

  // One part in the first, two in all others.
  await page.getByLabel('les parts').check();
  for (let at = 0; at < count; at++) await shares.nth(at).fill(at === 0 ? '10' : '20');
  if (!wide()) await page.getByRole('button', { name: 'Calculer' }).click();
  await expect(page.getByText('sur 83,5 kg')).toBeVisible();
  const [small, large] = [await quantities.nth(0).inputValue(), await quantities.nth(1).inputValue()].map((text) =>
    Number(text.replace(',', '.')),
  );
  expect(large! / small!).toBeGreaterThan(1.6);
  expect(large! / small!).toBeLessThan(2.4);
  await page.getByRole('button', { name: 'Mettre dans les paniers' }).click();
  await expect(page.getByText('Panais : c’est dans les paniers.')).toBeVisible();

  await page.getByRole('link', { name: 'À récolter' }).click();
  await expect(page.getByRole('row').filter({ hasText: 'Panais' })).toContainText('kg');
  const pdf = await request.get(`${day}/recolte.pdf`);
  expect(pdf.headers()['content-type']).toBe('application/pdf');
  expect((await request.get(`${day}/liste/export?format=xlsx`)).status()).toBe(200);
  await page.getByRole('link', { name: 'À acheter' }).click();
  await expect(page.getByRole('link', { name: 'À acheter' })).toHaveAttribute('aria-current', 'page');

  await page.getByRole('link', { name: 'Bilan' }).click();
  await page.getByLabel('Panais : récolté ou reçu').fill('90');
  await page.getByLabel('Pourquoi : Panais').fill('gelé');
  await page.getByRole('button', { name: 'Enregistrer' }).click();
  await expect(page.getByText('Combien s’en est-il perdu ?').first()).toBeVisible();
  await page.getByLabel('Panais : perdu').fill('4,5');
  await page.getByRole('button', { name: 'Enregistrer' }).click();
  await expect(page.getByText('C’est enregistré.')).toBeVisible();

  const date = day.split('/').at(-1)!;
  await page.goto(`${list}/pertes?du=${date}&au=${date}`);
  const loss = page.getByRole('row').filter({ hasText: 'Panais' });
  await expect(loss).toContainText('4,5 kg');
  await expect(loss).toContainText('5 %');
  await expect(loss).toContainText('gelé');
});

test('with JavaScript, shares and quantities drive one another as one types', async ({ page }) => {
  test.skip(!wide(), 'without JavaScript, « Calculer » does it');
  const day = await openDay(page);
  await page.goto(day);
  await page.getByRole('link', { name: 'Partager : Panais' }).click();
  await expect(page.getByRole('button', { name: 'Calculer' })).toHaveCount(0);
  await page.getByLabel('Total à partager').fill('1000');
  await expect(page.getByText('sur 1 000 kg').or(page.getByText('sur 1 000 kg'))).toBeVisible();
  await page
    .getByLabel(/^Dans chaque panier\s: /)
    .first()
    .fill('0,5');
  await expect(page.getByLabel('les quantités')).toBeChecked();
  await expect(page.getByLabel(/^Part\s: /).first()).not.toHaveValue('10');
});

test('what is typed before the page has woken up counts as well', async ({ page }) => {
  test.skip(!wide(), 'without JavaScript, no page wakes up');
  const day = await openDay(page);
  await page.goto(day);
  const address = (await page.getByRole('link', { name: 'Partager : Panais' }).getAttribute('href'))!;
  let wake = () => {};
  const asleep = new Promise<void>((resolve) => {
    wake = resolve;
  });
  await page.route('**/_app/immutable/**/*.js', async (route) => {
    await asleep;
    await route.continue();
  });
  await page.goto(address, { waitUntil: 'commit' });
  await page.getByLabel('Total à partager').fill('500');
  await page.getByLabel('les parts').check();
  await page
    .getByLabel(/^Part\s: /)
    .first()
    .fill('12');
  await expect(page.getByRole('button', { name: 'Calculer' }), 'still asleep').toHaveCount(1);
  wake();
  await expect(page.getByRole('button', { name: 'Calculer' })).toHaveCount(0);
  await expect(page.getByLabel('Total à partager')).toHaveValue('500');
  await expect(page.getByLabel(/^Part\s: /).first()).toHaveValue('12');
  await expect(page.getByText(/sur 500 kg/)).toBeVisible();
});
