import { type APIRequestContext, expect, type Page } from '@playwright/test';
import { demo } from './servers.ts';

/** People of the demonstration's large garden, by role; `stranger` works in another garden. */
export const people = {
  administrateur: 'camille@exemple.test',
  ventes: 'nadia@exemple.test',
  preparation: 'bruno@exemple.test',
  comptabilite: 'sylvie@exemple.test',
  stranger: 'luc@exemple.test',
} as const;
export const garden = 'jardins-de-la-moselle';
export const password = 'potimarron';

/** Signs in by the form, as a person does. */
export async function signIn(page: Page, email: string = people.administrateur): Promise<void> {
  await page.goto('/connexion');
  await page.getByLabel('Adresse e-mail').first().fill(email);
  await page.getByLabel('Mot de passe').fill(password);
  await page.getByRole('button', { name: 'Se connecter' }).click();
  await expect(page).not.toHaveURL(/connexion/);
}

/** Signs in without a page: the context keeps the cookie. */
export async function signInBy(request: APIRequestContext, email: string): Promise<void> {
  const answer = await request.post(`${demo.url}/connexion?/password`, {
    form: { email, password },
    headers: { origin: demo.url },
    maxRedirects: 0,
  });
  expect(answer.status(), email).toBe(303);
}
