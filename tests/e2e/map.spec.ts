import { expect, test } from '@playwright/test';
import { garden, home, session } from './sign-in.ts';

/** The way from « where do I live » to a place of collection, as somebody walks it who knows nobody there. */

const heading = (page: import('@playwright/test').Page) => page.getByRole('heading', { level: 1 });

test('from the home of the network to the depot next door, by a postcode', async ({ page }) => {
  await page.goto('/');
  await expect(page.getByRole('link', { name: 'Se connecter' })).toBeVisible();
  await page.getByLabel('Où habitez-vous ?').fill('57100');
  await page.getByRole('button', { name: 'Trouver mon panier' }).click();
  await expect(page).toHaveURL(/\/jardins\?pres=57100/);
  await expect(page.getByRole('heading', { name: 'Les dépôts les plus proches de Thionville (57100)' })).toBeVisible();
  const nearest = page.getByRole('region', { name: /plus proches de Thionville/ }).getByRole('listitem');
  await expect(nearest).toHaveCount(8);
  await expect(nearest.first()).toContainText(/Thionville|Yutz/);
  await nearest.first().getByRole('link').click();
  await expect(heading(page)).toContainText(/Thionville|Yutz/);
  await expect(page.getByRole('heading', { name: 'Quand venir' })).toBeVisible();
  await expect(page.getByText(/prochain passage\s: (vendredi|mercredi)/).first()).toBeVisible();
  await expect(page.getByRole('link', { name: /M’abonner ici|liste d’attente/ })).toHaveAttribute('href', /\/inscription\?depot=\d+$/);
  await expect(page.getByRole('link', { name: 'Itinéraire' })).toHaveAttribute('href', /^https:/);
});

test('gardens are sorted out by what they do; what does not exist is told, and what was typed stays', async ({ page }) => {
  await page.goto('/jardins?activite=eggs');
  const gardens = page.getByRole('region', { name: /^1 jardin sur 3/ });
  await expect(gardens.getByRole('listitem').filter({ has: page.getByRole('heading') })).toHaveCount(1);
  await expect(gardens.getByRole('link', { name: 'Le Potager du Vallon' })).toHaveAttribute('href', '/jardins/potager-du-vallon');
  await page.goto('/jardins?activite=eggs&solidaire=on');
  await expect(page.getByText('Aucun jardin ne répond à tous ces choix')).toBeVisible();
  await page.getByRole('link', { name: 'Voir tous les jardins' }).click();
  await page.getByLabel(/Votre commune/).fill('Trifouilly-les-Oies');
  await page.getByRole('button', { name: 'Chercher' }).click();
  await expect(page.getByText('Nous n’avons pas trouvé « Trifouilly-les-Oies »')).toBeVisible();
  await expect(page.getByLabel(/Votre commune/)).toHaveValue('Trifouilly-les-Oies');
});

test('a garden’s depots: the nearest first, by day, with what is told of each; secrets stay inside', async ({ page, request }) => {
  await page.goto(`/jardins/${garden}/depots`);
  const all = await page.locator('ol > li').count();
  expect(all).toBeGreaterThan(30);
  await page.getByLabel(/Votre commune/).fill('pont a mousson');
  await page.getByRole('button', { name: 'Trouver le plus proche' }).click();
  await expect(page.getByText('Pont-à-Mousson (54700)', { exact: true })).toBeVisible();
  await expect(page.locator('ol > li').first()).toContainText('Pont-à-Mousson');
  await page.goto(`/jardins/${garden}/depots?jour=3`);
  expect(await page.locator('ol > li').count()).toBeLessThan(all);
  await expect(page.locator('ol > li').first()).toContainText('Mercredi');
  const told = await (await request.get(`/jardins/${garden}/depots`)).text();
  expect(told).not.toMatch(/potiron|Odile Grandjean/);
  const places = await (await request.get(`/jardins/${garden}/depots.geojson`)).json();
  expect(places.features).toHaveLength(all);
  expect(places.features[0].properties.url).toContain(`/jardins/${garden}/depots/`);
});

test('blocks may be framed elsewhere, other pages may not; search engines find every page', async ({ page, request }) => {
  for (const block of ['carte', 'offre', 'panier']) {
    const answer = await page.goto(`/jardins/${garden}/integrer/${block}`);
    const headers = answer!.headers();
    expect(headers['content-security-policy'], block).toContain('frame-ancestors *');
    expect(headers['x-frame-options'], block).toBeUndefined();
    await expect(heading(page)).toBeVisible();
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth), block).toBeLessThanOrEqual(0);
  }
  const others = (await request.get(`/jardins/${garden}/depots`)).headers();
  expect(others['content-security-policy']).toContain("frame-ancestors 'none'");
  expect(others['x-frame-options']).toBe('DENY');

  const robots = await (await request.get('/robots.txt')).text();
  const index = /Sitemap: \S*?(\/sitemap\.xml)/.exec(robots)![1]!;
  const lists = [...(await (await request.get(index)).text()).matchAll(/<loc>[^<]*?\/\/[^/]+(\/[^<]*)<\/loc>/g)].map((match) => match[1]!);
  expect(lists).toContain(`/jardins/${garden}/sitemap.xml`);
  const pages = [
    ...(await (await request.get(`/jardins/${garden}/sitemap.xml`)).text()).matchAll(/<loc>[^<]*?\/\/[^/]+(\/[^<]*)<\/loc>/g),
  ].map((match) => match[1]!);
  expect(pages.length).toBeGreaterThan(40);
  for (const path of [...lists, pages[0]!, pages.at(-1)!]) expect((await request.get(path)).status(), path).toBe(200);
});

test.describe('at the garden', () => {
  test.use({ storageState: session('ventes') });

  test('what the map says is seen and copied by who runs the public pages', async ({ page }) => {
    await page.goto(`${home}/site/carte`);
    await expect(page.getByLabel('Conserverie')).toBeChecked();
    await page.getByRole('button', { name: 'Enregistrer' }).click();
    await expect(page.getByText('la carte du réseau le dit déjà')).toBeVisible();
    await expect(page.getByLabel('Conserverie')).toBeChecked();
    await page.goto(`${home}/site/integrer`);
    await expect(page.getByLabel('Texte à copier dans une page (HTML)').first()).toHaveValue(/^<iframe src="[^"]+\/integrer\/carte"/);
  });
});

test.describe('at the head office', () => {
  test.use({ storageState: session('network') });

  test('the network’s pages are written there; an emptied text is again the one of the house', async ({ page }) => {
    // One size of screen writes: the other one reads the same text.
    test.skip(!test.info().project.name.startsWith('écran'), 'written once');
    await page.goto('/reseau/site');
    const title = page.getByLabel(/^Titre de l’accueil/);
    const before = await title.inputValue();
    await title.fill('Des paniers pour tout le monde');
    await page.getByRole('button', { name: 'Enregistrer' }).click();
    await expect(page.getByText('Les pages du réseau sont à jour.')).toBeVisible();
    await page.goto('/');
    await expect(heading(page)).toHaveText('Des paniers pour tout le monde');
    await page.goto('/reseau/site');
    await title.fill('');
    await page.getByRole('button', { name: 'Enregistrer' }).click();
    await page.goto('/');
    await expect(heading(page)).toHaveText(before);
  });
});
