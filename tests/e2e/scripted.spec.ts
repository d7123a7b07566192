import { expect, type Page, test } from '@playwright/test';
import { home, session } from './sign-in.ts';

/** What JavaScript adds, on the pages that earn it: stops that are dragged, or picked with the space bar. */
test.use({ storageState: session('ventes') });

const stops = (page: Page) => page.getByRole('list', { name: /Arrêts de la tournée/ }).getByRole('listitem');
const names = async (page: Page) => (await stops(page).locator('.what').allInnerTexts()).map((text) => text.replace(/\s+/g, ' ').trim());
const grip = (page: Page, at: number) =>
  stops(page)
    .nth(at)
    .getByRole('button', { name: /^Déplacer/ });

/** The second tour: the first is moved by the buttons of daily.spec. */
async function openOrder(page: Page): Promise<void> {
  await page.goto(`${home}/tournees`);
  await page.getByRole('link', { name: 'Changer l’ordre' }).nth(1).click();
  await expect(grip(page, 0)).toBeVisible();
}

test('a stop is moved by keyboard, saved, and said aloud', async ({ page }) => {
  await openOrder(page);
  const [first, second, third, ...others] = await names(page);
  await grip(page, 0).focus();
  await page.keyboard.press('Space');
  await expect(page.getByRole('status')).toContainText('est pris, position 1 sur');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await expect(page.getByRole('status')).toContainText('position 3 sur');
  await expect(grip(page, 2), 'the focus follows the row').toBeFocused();
  await page.keyboard.press('Space');
  expect(await names(page)).toEqual([second, third, first, ...others]);

  await page.getByRole('button', { name: 'Enregistrer l’ordre' }).click();
  await expect(page.getByText('Le nouvel ordre est enregistré')).toBeVisible();
  await openOrder(page);
  expect(await names(page)).toEqual([second, third, first, ...others]);
});

test('Escape puts a stop back where it was', async ({ page }) => {
  await openOrder(page);
  const before = await names(page);
  await grip(page, 1).focus();
  await page.keyboard.press('Space');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Escape');
  expect(await names(page)).toEqual(before);
  await expect(page.getByRole('button', { name: 'Enregistrer l’ordre' })).toHaveCount(0);
});

test('a stop is dragged, and the order is saved', async ({ page }) => {
  await openOrder(page);
  const [first, second, third, ...others] = await names(page);
  const [from, to] = [(await grip(page, 0).boundingBox())!, (await stops(page).nth(2).boundingBox())!];
  await page.mouse.move(from.x + from.width / 2, from.y + from.height / 2);
  await page.mouse.down();
  await page.mouse.move(from.x + 10, to.y + to.height / 2, { steps: 8 });
  await page.mouse.up();
  expect(await names(page)).toEqual([second, third, first, ...others]);
  await page.getByRole('button', { name: 'Enregistrer l’ordre' }).click();
  await expect(page.getByText('Le nouvel ordre est enregistré')).toBeVisible();
  await openOrder(page);
  expect(await names(page)).toEqual([second, third, first, ...others]);
});

test('somebody else moved the stops meanwhile: told, nothing overwritten, one’s own order can be taken up again', async ({
  page,
  context,
}) => {
  await openOrder(page);
  const before = await names(page);
  const other = await context.newPage();
  await openOrder(other);
  const move = async (one: Page, at: number) => {
    await stops(one).nth(at).getByRole('button', { name: 'Descendre' }).click();
    await one.getByRole('button', { name: 'Enregistrer l’ordre' }).click();
  };
  await move(other, 0);
  await expect(other.getByText('Le nouvel ordre est enregistré')).toBeVisible();
  const theirs = [before[1], before[0], ...before.slice(2)];

  await move(page, 2);
  await expect(page.getByText('Quelqu’un d’autre vient de changer cette tournée')).toBeVisible();
  expect(await names(page)).toEqual(theirs);
  await page.getByRole('button', { name: 'Reprendre mon ordre' }).click();
  await expect(page.getByText('Le nouvel ordre est enregistré')).toBeVisible();
  await openOrder(page);
  expect(await names(page)).toEqual([before[0], before[1], before[3], before[2], ...before.slice(4)]);
});
