import { expect, type Page, test } from '@playwright/test';
import { home, session } from './sign-in.ts';

/** What baskets could hold, proposed from what there is: asked, partly kept, asked again. Nothing is accepted: the demonstration stays as it is. */

test.use({ storageState: session('ventes') });

/** The first day to come for which something can be proposed. */
async function openProposal(page: Page): Promise<void> {
  await page.goto(`${home}/recolte`);
  const paths = await page.getByRole('link').evaluateAll((links) => links.map((link) => (link as HTMLAnchorElement).pathname));
  const days = [...new Set(paths.flatMap((path) => /recolte\/(\d{4}-\d\d-\d\d)$/.exec(path)?.[1] ?? []))].sort();
  for (const day of days.reverse()) {
    await page.goto(`${home}/compositions/${day}/proposer`);
    if (await page.getByRole('button', { name: 'Proposer', exact: true }).count()) return;
  }
  throw new Error('The demonstration has no day to propose for.');
}

test('baskets are proposed with what they are worth; a line that is kept stays; a wrong wish is told beside its field', async ({
  page,
}) => {
  await openProposal(page);
  const family = page.getByLabel('Au plus, d’une même famille');
  await family.fill('zéro');
  await page.getByRole('button', { name: 'Proposer', exact: true }).last().click();
  await expect(page.locator('#champ-familyMost-erreur')).toContainText('entre 1 et 20');
  await expect(family).toHaveValue('zéro');
  await family.fill('2');
  await page.getByRole('button', { name: 'Proposer', exact: true }).last().click();
  await expect(page.getByRole('button', { name: 'Accepter', exact: true })).toBeVisible({ timeout: 20_000 });
  await expect(page.getByRole('heading', { name: 'Ce qui reste' })).toBeVisible();
  const keep = page.getByRole('checkbox', { name: /^Garder/ }).first();
  const name = await keep.evaluate((box) => (box as HTMLInputElement).value);
  await keep.check();
  await page.getByRole('button', { name: 'Proposer à nouveau' }).click();
  await expect(page.locator(`input[name="lock"][value="${name}"]`)).toBeChecked({ timeout: 20_000 });
});
