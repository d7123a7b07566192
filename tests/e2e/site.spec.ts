import { expect, test } from '@playwright/test';
import { garden, home, session } from './sign-in.ts';

/** A garden in front of people: a visitor who reads, writes and is drawn towards a basket; and those who write what is read. */

const pages = `/jardins/${garden}`;
const own = (name: string) => `${name}, ${test.info().project.name.startsWith('écran') ? 'bureau' : 'téléphone'}`;

test('a visitor goes from the home page to a basket, and finds what it costs and holds', async ({ page }) => {
  await page.goto(pages);
  await expect(page.getByRole('heading', { level: 1 })).toContainText('cueillis');
  await expect(page.getByRole('link', { name: 'Je m’abonne' }).first()).toHaveAttribute('href', `${pages}/inscription`);
  await page.getByRole('link', { name: 'Voir les paniers et les prix' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Nos paniers');
  const basket = page.getByRole('region', { name: 'Petit panier' });
  await expect(basket).toContainText('€');
  await expect(basket.getByRole('link', { name: /^Choisir/ }).first()).toHaveAttribute('href', /\/inscription\?formule=\d+$/);
  // What the team alone may buy is not shown.
  await expect(page.getByText('salariés')).toHaveCount(0);

  await page.goto(`${pages}/comment-ca-marche`);
  await page.getByRole('heading', { name: 'Et si je pars en vacances ?' }).click();
  await expect(page.getByText('selon la formule, vous pouvez annuler')).toBeVisible();
});

test('what is told of a page to those who share it and those who search', async ({ page, request }) => {
  await page.goto(`${pages}/paniers`);
  await expect(page).toHaveTitle('Nos paniers et leurs prix · Les Jardins de la Moselle');
  await expect(page.locator('link[rel=canonical]')).toHaveAttribute('href', new RegExp(`${pages}/paniers$`));
  const card = await page.locator('meta[property="og:image"]').getAttribute('content');
  const answer = await request.get(new URL(card!).pathname);
  expect(answer.headers()).toMatchObject({ 'content-type': 'image/jpeg', 'cross-origin-resource-policy': 'cross-origin' });
  const told = await page.locator('script[type="application/ld+json"]').allTextContents();
  expect(told.map((one) => JSON.parse(one)['@type'])).toContain('Product');
  const photo = await page.locator('main img').first().getAttribute('src');
  expect((await request.get(photo!)).headers()).toMatchObject({
    'content-type': 'image/webp',
    'cache-control': 'public, max-age=31536000, immutable',
  });
});

test('no line begins with a question mark: a page leaves with its spaces held', async ({ request }) => {
  const told = await (await request.get(`${pages}/inscription`)).text();
  expect(told).toContain('Quel panier vous ferait plaisir\u00a0?</h1>');
});

test('news and recipes are read, and nothing is shown that is not there', async ({ page, request }) => {
  await page.goto(`${pages}/actualites`);
  await page.getByRole('link', { name: 'La deuxième serre est debout' }).click();
  await expect(page.getByRole('heading', { name: 'Ce que cela change' })).toBeVisible();
  await page.goto(`${pages}/recettes`);
  await page.getByRole('link', { name: 'Tarte fine aux oignons' }).click();
  await expect(page.getByRole('heading', { name: 'Il vous faut' })).toBeVisible();
  for (const path of ['/actualites/rien', '/recettes/999999', '/recettes/x', '/photos/999-480.webp', '/photos/../secret'])
    expect((await request.get(pages + path)).status(), path).toBe(404);
  expect((await request.get('/jardins/nulle-part')).status()).toBe(404);
});

test('a message keeps what was typed, is sent once, and is answered by the team', async ({ page, browser, baseURL }) => {
  const words = own('Avez-vous un dépôt près de la gare');
  await page.goto(`${pages}/contact`);
  await page.getByLabel('Votre nom').fill('Odile Weber');
  await page.getByLabel('Votre adresse e-mail').fill('odile@');
  await page.getByLabel('Votre message').fill(words);
  // The browser alone would stop here; those that do not are answered as well.
  await page.locator('form[method=post]').evaluate((form: HTMLFormElement) => {
    form.noValidate = true;
  });
  await page.getByRole('button', { name: 'Envoyer' }).click();
  await expect(page.locator('#champ-email-erreur')).toContainText('marie@exemple.fr');
  await expect(page.getByLabel('Votre message')).toHaveValue(words);
  await page.getByLabel('Votre adresse e-mail').fill('odile@exemple.test');
  await page.getByRole('button', { name: 'Envoyer' }).click();
  await expect(page.getByText('Votre message est bien arrivé')).toBeVisible();

  const team = await (await browser.newContext({ storageState: session('ventes'), baseURL })).newPage();
  await team.goto(`${home}/site/recus`);
  const message = team.getByRole('article').filter({ hasText: words });
  await expect(message).toHaveCount(1);
  await message.getByRole('button', { name: /C’est traité/ }).click();
  await expect(team.getByText('Le message est classé')).toBeVisible();
  await expect(message).toHaveCount(0);
  await team.context().close();
});

test.describe('the team', () => {
  test.use({ storageState: session('ventes') });

  test('writes a text, sees it before anybody, and goes back to the first one', async ({ page, request }) => {
    const words = own('Ouvert au public le vendredi');
    await page.goto(`${home}/site/textes`);
    await page.getByRole('link', { name: 'Compléments aux mentions légales' }).click();
    await page.getByRole('textbox', { name: 'Compléments' }).fill(`## Hébergeur\n\n${words} <b>ici</b>`);
    await page.getByRole('button', { name: 'Voir l’aperçu' }).click();
    await expect(page.getByText(`${words} <b>ici</b>`).last()).toBeVisible();
    expect(await (await request.get(`${pages}/mentions-legales`)).text()).not.toContain(words);
    await page.getByRole('button', { name: 'Enregistrer' }).click();
    await page.goto(`${pages}/mentions-legales`);
    await expect(page.getByText(`${words} <b>ici</b>`)).toBeVisible();
    await page.goto(`${home}/site/textes/legal`);
    await page.getByRole('button', { name: 'Reprendre le texte de départ' }).first().click();
    await page.getByRole('dialog').getByRole('button', { name: 'Reprendre le texte de départ' }).click();
    await expect(page.getByText('Le texte de départ est de retour')).toBeVisible();
  });

  test('writes an article with its photo, and puts it away', async ({ page, request }) => {
    const title = own('La mare aux grenouilles');
    await page.goto(`${home}/site/actualites/nouveau`);
    await page.getByLabel('Titre').fill(title);
    await page.getByRole('textbox', { name: 'Article' }).fill('Elle est **creusée**.');
    await page.getByRole('button', { name: 'Enregistrer' }).click();
    await page.getByRole('link', { name: 'Ajouter une photo' }).click();
    await page.getByLabel('Photo').setInputFiles({ name: 'mare.png', mimeType: 'image/png', buffer: Buffer.from('rien') });
    await page.getByRole('button', { name: 'Enregistrer la photo' }).click();
    await expect(page.locator('#champ-photo-erreur')).toContainText('JPEG, PNG ou WebP');
    const photo = await request.get(`${pages}/partage.jpg`);
    await page.getByLabel('Photo').setInputFiles({ name: 'mare.jpg', mimeType: 'image/jpeg', buffer: await photo.body() });
    await page.getByLabel('Ce qu’on y voit').fill('La mare');
    await page.getByRole('button', { name: 'Enregistrer la photo' }).click();
    await page.getByRole('link', { name: 'Le lire en ligne' }).click();
    await expect(page.getByRole('img', { name: 'La mare' })).toBeVisible();
    await expect(page.getByText('creusée')).toBeVisible();
    await page.goBack();
    await page.getByRole('button', { name: 'Mettre l’article de côté' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Archiver' }).click();
    await expect(page.getByText('mis de côté').first()).toBeVisible();
    await page.goto(`${pages}/actualites`);
    await expect(page.getByText(title)).toHaveCount(0);
  });
});

test.describe('who only prepares', () => {
  test.use({ storageState: session('preparation') });
  test('does not change what everybody reads', async ({ page }) => {
    const answer = await page.goto(`${home}/site/textes`);
    expect(answer!.status()).toBe(403);
  });
});
