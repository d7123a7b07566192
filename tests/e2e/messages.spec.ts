import { expect, test } from '@playwright/test';
import { demo } from './servers.ts';
import { home, session } from './sign-in.ts';

/** Writing to customers, changing what is written by itself. In its own draft; texts are left as they were found. */

const pages = `${home}/messages`;
const own = (name: string) => `${name}, ${test.info().project.name}`;

test.describe('whoever sells', () => {
  test.use({ storageState: session('administrateur') });

  test('chooses whom to write to, leaves somebody out, and sees what each will read before anything leaves', async ({ page }) => {
    const subject = own('Fête de la soupe');
    await page.goto(`${home}/clients?q=metz`);
    await page.getByRole('link', { name: 'Écrire à ces clients' }).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('À qui écrire ?');
    await page.getByRole('button', { name: /^Écrire à \d+ personnes$/ }).click();
    const whom = page.getByRole('checkbox', { name: /@/ });
    await whom.first().uncheck();
    await page.getByLabel('Objet').fill(subject);
    await page.getByLabel('Message', { exact: true }).fill('Bonjour {{ prenon }},\n\n**Samedi**, soupe pour tous.');
    await page.getByRole('button', { name: 'Relire avant d’envoyer' }).click();
    await expect(page.getByLabel('Message', { exact: true })).toHaveAccessibleDescription(/prenon \}\}\s: ce mot n’existe pas ici/);
    // Nothing that was typed is lost, nor who was left out.
    await expect(page.getByLabel('Objet')).toHaveValue(subject);
    await expect(whom.first()).not.toBeChecked();
    await page.getByLabel('Message', { exact: true }).fill('Bonjour {{ prenom }},\n\n**Samedi**, soupe pour tous.');
    await page.getByRole('button', { name: 'Relire avant d’envoyer' }).click();
    const letter = page.getByRole('article');
    await expect(letter.getByRole('heading', { name: subject })).toBeVisible();
    await expect(letter.getByText('Samedi', { exact: true })).toHaveCSS('font-weight', /[67]00/);
    await expect(page.getByRole('button', { name: /^Envoyer à \d+ personnes$/ })).toBeVisible();
    await page.getByRole('link', { name: 'Corriger' }).click();
    await page.getByRole('button', { name: 'Jeter' }).first().click();
    await page.getByRole('dialog').getByRole('button', { name: 'Jeter' }).click();
    await expect(page.getByText('Le brouillon est jeté.')).toBeVisible();
  });

  test('tries a text on a customer, and is told of a word that does not exist beside its field', async ({ page }) => {
    await page.goto(`${pages}/textes/termination_noted`);
    await page.getByLabel('Objet').fill('Au revoir {{ prenom }}');
    await page.getByRole('button', { name: 'Voir le message' }).click();
    await expect(page.getByRole('article').getByRole('heading', { name: /^Au revoir \S/ })).toBeVisible();
    await page.getByLabel('Objet').fill('Au revoir {{ nom');
    await page.getByRole('button', { name: 'Enregistrer' }).click();
    await expect(page.getByLabel('Objet')).toHaveValue('Au revoir {{ nom');
    await expect(page.getByLabel('Objet')).toHaveAccessibleDescription(/il manque \}\}/i);
  });

  test('finds on a customer’s record what was sent to her', async ({ page }) => {
    await page.goto(`${pages}?quoi=groupe`);
    await page.locator('tbody a').first().click();
    const name = (await page.locator('dd a').first().textContent())!;
    await page.locator('dd a').first().click();
    await expect(page.getByRole('heading', { level: 1 })).toContainText(name.split(' ').at(-1)!);
    await page.getByRole('link', { name: 'Messages', exact: true }).last().click();
    await expect(page.getByRole('heading', { level: 1 })).toContainText('Messages à');
    await expect(page.getByRole('table').getByText('portes').first()).toBeVisible();
  });
});

test('a link that is not ours stops nothing', async ({ request }) => {
  const answer = await request.post(`${demo.url}/desabonnement/1.1.news.aaaaaaaaaaaaaaaaaaaaaa`, {
    form: { 'List-Unsubscribe': 'One-Click' },
  });
  // Taken as a form, from no page of ours: refused for its token, not for where it comes from.
  expect([404, 422]).toContain(answer.status());
  expect((await request.get(`${demo.url}/desabonnement/1.1.news.aaaaaaaaaaaaaaaaaaaaaa`)).status()).toBe(404);
});
