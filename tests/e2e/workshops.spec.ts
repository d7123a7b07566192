import { expect, type Page, test } from '@playwright/test';
import { garden, home, session } from './sign-in.ts';

/**
 * A workshop, from the invitation to the list of who comes: made here for each kind of screen, seen by everybody, joined and left from the subscriber's account,
 * and cancelled in the end.
 */

const own = () => test.info().project.name.replace(/\W+/g, ' ').trim();
const arrives = (page: Page, title: string) => expect(page.getByRole('heading', { level: 1 })).toContainText(title);
/** A day that no other workshop has, far enough for everybody's clock. */
const day = `${new Date().getFullYear() + 1}-11-20`;

test('proposed, found by everybody, joined and left by a subscriber, then cancelled', async ({ browser }) => {
  const title = `Atelier d’essai ${own()} ${Date.now() % 100_000}`;
  const staff = await (await browser.newContext({ storageState: session('administrateur') })).newPage();
  await staff.goto(`${home}/ateliers`);
  await staff.getByRole('link', { name: 'Proposer un atelier' }).click();
  await arrives(staff, 'Proposer un atelier');
  await staff.getByLabel('Nom de l’atelier').fill(title);
  await staff.getByLabel('Jour', { exact: true }).fill(day);
  await staff.getByLabel('Nombre de places').fill('2');
  // Without a place: what was typed stays, and the form says what is missing.
  await staff.getByRole('button', { name: 'Proposer l’atelier' }).click();
  await expect(staff.getByText('Dites où.').first()).toBeVisible();
  await expect(staff.getByLabel('Nom de l’atelier')).toHaveValue(title);
  await staff.getByLabel('Lieu').fill('Cuisine d’essai');
  await staff.getByRole('button', { name: 'Proposer l’atelier' }).click();
  await arrives(staff, title);
  const workshop = new URL(staff.url()).pathname;
  const id = workshop.split('/').at(-1)!;

  await staff.goto(`${workshop}/inscrire?autre=1`);
  await staff.getByLabel('Nom').fill('Mme Voisine');
  await staff.getByRole('button', { name: 'Inscrire' }).click();
  await expect(staff.getByText('C’est inscrit.')).toBeVisible();
  const sheet = await staff.request.get(`${workshop}/feuille`);
  expect((await sheet.body()).subarray(0, 4).toString()).toBe('%PDF');

  const visitor = await (await browser.newContext()).newPage();
  await visitor.goto(`/jardins/${garden}/ateliers`);
  await visitor.getByRole('link', { name: title }).click();
  await expect(visitor.getByText('1 place libre')).toBeVisible();
  await expect(visitor.getByText('Mme Voisine')).toHaveCount(0);
  expect(await (await visitor.request.get(`/jardins/${garden}/ateliers/agenda.ics`)).text()).toContain(`UID:atelier-${id}@`);

  const subscriber = await (await browser.newContext({ storageState: session('cliente') })).newPage();
  await subscriber.goto('/mon-compte');
  await expect(subscriber).toHaveURL(new RegExp(`/mon-compte/${garden}/\\d+$`));
  await subscriber.goto(`${new URL(subscriber.url()).pathname}/ateliers`);
  const card = subscriber.getByRole('region', { name: title });
  await card.getByRole('button', { name: 'Je viens' }).click();
  await expect(subscriber.getByText('Votre place est gardée.')).toBeVisible();
  await expect(card.getByText('vous venez', { exact: true })).toBeVisible();
  await card.getByRole('button', { name: 'Je ne peux plus venir' }).click();
  await expect(subscriber.getByText('votre place est rendue')).toBeVisible();
  await expect(card.getByRole('button', { name: 'Je viens' })).toBeVisible();

  await staff.goto(workshop);
  await staff.getByRole('button', { name: 'Annuler cet atelier' }).click();
  await staff.getByRole('button', { name: 'Annuler l’atelier' }).click();
  await expect(staff.getByText('L’atelier est annulé : 1 personne est à appeler.')).toBeVisible();
  await subscriber.reload();
  await expect(card.getByText('annulé', { exact: true })).toBeVisible();
  for (const page of [staff, visitor, subscriber]) await page.context().close();
});
