import { join } from 'node:path';
import { type APIRequestContext, expect, type Page } from '@playwright/test';
import { demo, workFolder } from './servers.ts';

/** People of the demonstration's large garden, by role; `stranger` works in another garden, `network` at the head office, `cliente` buys,
 * `prescripteur` sends people who need help with the price. */
export const people = {
  administrateur: 'camille@exemple.test',
  ventes: 'nadia@exemple.test',
  preparation: 'bruno@exemple.test',
  comptabilite: 'sylvie@exemple.test',
  stranger: 'luc@exemple.test',
  network: 'helene@exemple.test',
  cliente: 'jeanne@exemple.test',
  prescripteur: 'prescripteur@exemple.test',
} as const;
export type Visitor = keyof typeof people;

export const garden = 'jardins-de-la-moselle';
export const home = `/gestion/${garden}`;
export const password = 'potimarron';

/** Where the cookie of somebody who signed in before the tests is kept: `test.use({ storageState: session('ventes') })`. */
export const session = (visitor: Visitor): string => join(workFolder, 'sessions', `${visitor}.json`);

/** Signs in by the form, as a person does. */
export async function signIn(page: Page, email: string, secret = password): Promise<void> {
  await page.goto('/connexion');
  await page.getByLabel('Adresse e-mail').fill(email);
  await page.getByLabel('Mot de passe').fill(secret);
  await page.getByRole('button', { name: 'Se connecter' }).click();
}

/** Signs in without a page: the context keeps the cookie. */
export async function signInBy(request: APIRequestContext, email: string): Promise<void> {
  const answer = await request.post(`${demo.url}/connexion?/password`, {
    form: { email, accountPassword: password },
    headers: { origin: demo.url, accept: 'text/html' },
    maxRedirects: 0,
  });
  expect(answer.status(), email).toBe(303);
}
