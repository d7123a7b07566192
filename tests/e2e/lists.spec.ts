import { expect, test } from '@playwright/test';
import { home, session } from './sign-in.ts';

/** What a list and a calendar show at first sight, on a desk and on a telephone. Nothing is changed. */
test.use({ storageState: session('ventes') });

const onPhone = () => !test.info().project.name.startsWith('écran');

test('on a telephone the filters of a list wait until they are asked for, or set; on a desk they are there', async ({ page }) => {
  await page.goto(`${home}/clients`);
  const filter = page.getByRole('combobox', { name: /^Catégorie/, includeHidden: true });
  const unfold = page.getByLabel('Montrer les filtres');
  if (!onPhone()) {
    await expect(filter).toBeVisible();
    await expect(unfold).toBeHidden();
    return;
  }
  await expect(filter).toBeHidden();
  // The first customer is seen without a gesture.
  await expect(page.locator('.table tbody tr').first().getByRole('link').first()).toBeInViewport();
  await unfold.check();
  await filter.selectOption({ index: 1 });
  await page.getByRole('button', { name: 'Chercher' }).click();
  await expect(page.getByRole('link', { name: 'Tout afficher' })).toBeVisible();
  await expect(filter).toBeVisible();
});

test('a season of five tours stands on a screen without being pushed aside, and on a sheet of paper', async ({ page }) => {
  await page.goto(`${home}/calendrier`);
  const frame = page.locator('.season-frame');
  await expect(frame).toBeVisible();
  expect(await frame.evaluate((one) => one.scrollWidth - one.clientWidth)).toBe(0);
  // And on a sheet of A4, within its margins.
  await page.emulateMedia({ media: 'print' });
  await page.setViewportSize({ width: 690, height: 900 });
  expect(await frame.evaluate((one) => one.scrollWidth - one.clientWidth)).toBeLessThanOrEqual(0);
});
