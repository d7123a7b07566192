import { expect, type Locator, type Page } from '@playwright/test';
import { home } from './sign-in.ts';

export type Someone = { name: string; path: string; phone: string };

/** People of the customers' list, read as it is shown: the demonstration invents them, tests do not know them by heart. */
export async function customers(page: Page): Promise<Someone[]> {
  await page.goto(`${home}/clients?abonnement=avec&par=200`);
  const rows = page.locator('tbody tr');
  await expect(rows).not.toHaveCount(0);
  return rows.evaluateAll((all) =>
    all.map((row) => {
      const link = row.querySelector('a')!;
      const phone = row.querySelector('a[href^="tel:"]');
      return { name: link.textContent!.trim(), path: link.getAttribute('href')!, phone: phone?.textContent?.trim() ?? '' };
    }),
  );
}

/** What a record says of the basket of a week: « 2 Petit panier », « pas de panier », why. */
export const basketOf = (page: Page, week: number): Locator =>
  page.locator('#paniers li').filter({ has: page.getByText(`semaine ${week}`, { exact: true }) });

/** Opens the record of the nth person whose coming baskets nobody has touched yet. @param from how many people of the list to leave to others. */
export async function openUntouched(page: Page, place: number, from = 0): Promise<void> {
  let left = place;
  for (const { path } of (await customers(page)).slice(from)) {
    await page.goto(path);
    const coming = page.locator('#paniers');
    const changeable = await coming.getByRole('link', { name: 'Changer' }).count();
    const touched = await coming
      .locator('li')
      .filter({ hasText: /reporté|annulé|déplacé|donné|de plus|rattrap|récupérer|à la main|fermé/ })
      .count();
    if (changeable >= 3 && !touched && (await basketOf(page, 44).count()) === 1 && left-- === 0) return;
  }
  throw new Error('Nobody has a basket to come that was left alone.');
}

/** From a record: opens the first basket that may still change, and chooses to put it off. @returns its week. */
export async function openChange(page: Page): Promise<number> {
  await page.locator('#paniers').getByRole('link', { name: 'Changer' }).first().click();
  await page.getByRole('radio', { name: /^Reporter/ }).check();
  await expect(page.getByLabel('Livrer plutôt le')).toBeVisible();
  return Number(new URL(page.url()).searchParams.get('semaine')!.split('-')[1]);
}
