import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import { demo } from './servers.ts';
import { home, session } from './sign-in.ts';

/** Letters that stop by a link, and those that a change of the garden writes: seen before they leave. Nothing is left changed. */

const onPhone = () => !test.info().project.name.startsWith('écran');

type Letter = { to: string; subject: string; text: string; headers?: Record<string, string> };

/** Letters of news that the demonstration sent, by address: each way of browsing stops one of its own. */
async function newsLetters(): Promise<Letter[]> {
  const folder = join(demo.folder, 'demo', 'mails');
  const names = (await readdir(folder).catch(() => [])).filter((name) => name.endsWith('.json'));
  const all = await Promise.all(names.map(async (name) => JSON.parse(await readFile(join(folder, name), 'utf8')) as Letter));
  return all.filter(({ subject }) => /portes/.test(subject)).toSorted((a, b) => (a.to < b.to ? -1 : 1));
}

test('the link of a letter stops nothing by itself; its button does, one click of a mail program too, and both can be taken back', async ({
  page,
  request,
}) => {
  await expect.poll(async () => (await newsLetters()).length).toBeGreaterThan(1);
  const letter = (await newsLetters()).at(onPhone() ? 0 : -1)!;
  const link = /https?:\/\/\S+\/desabonnement\/\S+/.exec(letter.text)![0];
  expect(letter.headers).toEqual({ 'List-Unsubscribe': `<${link}>`, 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' });
  const path = new URL(link).pathname;
  const stop = page.getByRole('button', { name: /^Ne plus recevoir les nouvelles/ });
  const again = page.getByRole('button', { name: 'C’était une erreur, je veux les recevoir' });

  // Mail programs open links to look at them.
  await page.goto(path);
  await page.reload();
  await stop.click();
  await expect(page.getByRole('status')).toContainText('Vous ne recevrez plus les nouvelles');
  await again.click();
  await expect(page.getByRole('status')).toContainText('Vous recevez à nouveau les nouvelles');

  // RFC 8058: one request, no cookie, no page before, nothing else asked. Sent twice, it acts once.
  for (const _ of [1, 2]) {
    const answer = await request.post(`${demo.url}${path}`, { form: { 'List-Unsubscribe': 'One-Click' }, maxRedirects: 0 });
    expect(answer.status()).toBe(200);
  }
  await page.goto(path);
  await expect(page.getByRole('status')).toContainText('Vous ne recevrez plus les nouvelles');
  await again.click();
  await expect(stop).toBeVisible();
});

test.describe('whoever keeps the calendar', () => {
  test.use({ storageState: session('administrateur') });

  const box = (page: Page) => page.getByRole('checkbox', { name: 'Prévenir les abonnés' });

  test('sees how many are written to before a delivery moves; what was answered is kept', async ({ page }) => {
    await page.goto(`${home}/calendrier`);
    await page.locator('#semaine-47').getByRole('link').first().click();
    await page.getByRole('link', { name: 'Déplacer ou fermer' }).click();
    const day = page.getByLabel('Jour', { exact: true });
    const days = await day.getByRole('option').evaluateAll((all) => all.map((one) => (one as HTMLOptionElement).value));
    const before = await day.inputValue();
    await day.selectOption(days.find((one) => one !== before)!);
    await page.getByRole('button', { name: 'Voir ce qui change' }).click();
    await expect(box(page)).toBeChecked();
    await expect(box(page)).toHaveAccessibleDescription(/^\d+ personnes? reçoi/);
    await box(page).uncheck();
    await page.getByLabel('Un mot de votre part').fill('C’est la foire.');
    await page.getByText('Revoir vos choix').click();
    await page.getByRole('button', { name: 'Recalculer avec ces choix' }).click();
    await expect(box(page)).not.toBeChecked();
    await expect(page.getByLabel('Un mot de votre part')).toHaveValue('C’est la foire.');
  });

  test('sees what is proposed, and to how many, before letters of renewal leave', async ({ page }) => {
    await page.goto(`${home}/renouvellement?etat=to_ask`);
    await page
      .getByRole('checkbox', { name: /^Renouveler / })
      .first()
      .check();
    await page.getByRole('radio', { name: 'Proposer de continuer' }).check();
    await page.getByRole('button', { name: /^Voir ce que donnent/ }).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Proposer de continuer');
    await expect(page.getByRole('table').getByRole('row')).toHaveCount(2);
    await page.getByRole('link', { name: 'Revenir à la liste' }).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Renouvellement');
  });
});
