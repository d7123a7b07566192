import { expect, type Page, test } from '@playwright/test';
import { garden, home, session } from './sign-in.ts';

/** Somebody is sent by a prescriber, taken in by the team, followed from afar: a person of her own for each kind of screen, whose stay ends with the test. */

const own = () =>
  test
    .info()
    .project.name.replace(/[^\p{L}]+/gu, ' ')
    .trim();
const pageOf = async (browser: import('@playwright/test').Browser, who: 'administrateur' | 'prescripteur'): Promise<Page> =>
  (await browser.newContext({ ...test.info().project.use, storageState: session(who) })).newPage();

test('sent, received, accepted, begun: the prescriber follows, and nothing is said to her of money', async ({ browser }) => {
  const name = `Envoyée ${own()} ${Date.now() % 100_000}`;
  const nora = await pageOf(browser, 'prescripteur');
  await nora.goto(`/prescripteur/${garden}/orienter`);
  const today = await nora.getByLabel('Vu le').inputValue();
  // Without a way to reach her: what was typed stays, the form says what is missing.
  await nora.getByLabel('Prénom').fill('Rosa');
  await nora.getByLabel('Nom', { exact: true }).fill(name);
  await nora.getByLabel('Commune').fill('Metz');
  await nora.getByLabel('Personnes au foyer').fill('9');
  await nora.getByRole('radio', { name: 'CAF' }).check();
  await nora.getByRole('radio', { name: '3 mois' }).check();
  await nora.getByRole('radio', { name: /Quotient familial/ }).check();
  await nora.getByRole('checkbox', { name: /La personne est d’accord/ }).check();
  await nora.getByRole('button', { name: 'Envoyer' }).click();
  await expect(nora.getByLabel('Nom', { exact: true })).toHaveValue(name);
  await nora.getByLabel('Téléphone').fill('06 39 98 00 00');
  await nora.getByRole('button', { name: 'Envoyer' }).click();
  await nora.goto(`/prescripteur/${garden}`);
  await nora.getByRole('link', { name }).click();
  await expect(nora.getByText('Reçue', { exact: true })).toBeVisible();
  const followed = nora.url();
  const id = new URL(followed).pathname.split('/').at(-1)!;

  const camille = await pageOf(browser, 'administrateur');
  await camille.goto(`${home}/solidarite/orientations/${id}`);
  await expect(camille.getByRole('heading', { level: 1 })).toContainText(name);
  await camille.getByLabel('Programme').selectOption({ label: 'Paniers pour tous' });
  await camille.getByLabel('Panier', { exact: true }).selectOption({ index: 1 });
  const free = camille
    .getByLabel('Point de dépôt')
    .locator('option')
    .filter({ hasNotText: /complet|Choisissez/ });
  await camille.getByLabel('Point de dépôt').selectOption((await free.first().getAttribute('value'))!);
  await camille.getByLabel('À partir du').fill(today);
  await camille.getByLabel('Adhésion').selectOption({ label: 'Offerte par le jardin' });
  // Somebody waits since longer: the form asks why, and keeps it.
  const turn = camille.getByLabel('Pourquoi passe-t-elle avant ?');
  if (await turn.count()) await turn.fill('Essai de bout en bout');
  await camille.getByRole('button', { name: 'Accepter' }).click();
  // A depot that other tests filled: more than it holds, on purpose, for a moment.
  const beyond = camille.getByRole('checkbox', { name: /Dépasser la capacité/ });
  await expect(camille.getByText('Acceptée', { exact: true }).or(beyond)).toBeVisible();
  if (await beyond.count()) {
    await beyond.check();
    await camille.getByRole('button', { name: 'Accepter' }).click();
  }
  await expect(camille.getByText('la personne a son abonnement, comme tout le monde')).toBeVisible();

  await nora.goto(followed);
  await expect(nora.getByText('Commencée', { exact: true })).toBeVisible();
  await expect(nora.getByText('Premier jour')).toBeVisible();
  await expect(nora.locator('main')).not.toContainText(/€|facture|règlement|programme/i);
  expect((await nora.request.get(`${home}/solidarite/orientations/${id}`)).status()).toBe(404);

  await camille.getByRole('link', { name: 'Voir son parcours' }).click();
  await camille.getByText('Arrêter avant le terme').click();
  await camille.getByLabel('Dernier jour').fill(today);
  await camille.getByRole('button', { name: 'Arrêter ce jour-là' }).click();
  await expect(camille.getByText('Le parcours s’arrête à cette date')).toBeVisible();
});
