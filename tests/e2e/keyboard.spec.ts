import { expect, type Page, test } from '@playwright/test';
import { home, session } from './sign-in.ts';

/** Without a mouse: a telephone has no Tab key, a desk has. */
test.use({ storageState: session('administrateur') });

/** What stands out on the focused element compared with the same element at rest: a ring, in practice. */
const focused = (page: Page) =>
  page.evaluate(() => {
    const element = document.activeElement as HTMLElement;
    const ring = (one: Element | null): boolean => {
      if (!one) return false;
      const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(one);
      return (outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 2) || boxShadow !== 'none';
    };
    return {
      tag: element.tagName,
      seen: ring(element),
      key: `${(element as HTMLInputElement).name ?? ''} ${(element.textContent ?? '').trim().replace(/\s+/g, ' ').slice(0, 60)}`.trim(),
    };
  });

const reached: [path: string, ...names: string[]][] = [
  [home, 'Aller au contenu', 'Clients', 'Feuille de route', 'Aide'],
  [`${home}/clients`, 'Nouveau client', 'Chercher', 'tableur (XLSX)'],
  [`${home}/clients/nouveau`, 'Créer le client', 'Revenir sans enregistrer'],
  [`${home}/imports/nouveau`, 'Vérifier les fichiers'],
  [`${home}/feuilles`, 'Choisir'],
  ['/mon-compte/connexion', 'Ma connexion'],
];
for (const [path, ...names] of reached) {
  test(`Tab reaches the actions of ${path}, and one sees where it is`, async ({ page }) => {
    await page.goto(path);
    const left = new Set(names);
    let before = '';
    for (let step = 0; step < 90 && left.size > 0; step++) {
      await page.keyboard.press('Tab');
      const at = await focused(page);
      if (at.tag === 'BODY') break;
      // The parts of a date are inside one field, which browsers draw themselves.
      if (at.key !== before) expect(at.seen, `a ring around « ${at.key} »`).toBe(true);
      before = at.key;
      for (const name of left) if (at.key.includes(name)) left.delete(name);
    }
    expect([...left]).toEqual([]);
  });
}

test('the first Tab leads past the navigation', async ({ page }) => {
  await page.goto(`${home}/clients`);
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/#/);
  await page.keyboard.press('Tab');
  await expect(page.locator('main').getByRole('link').first()).toBeFocused();
});
