import AxeBuilder from '@axe-core/playwright';
import { expect, type Locator, type Page, test } from '@playwright/test';
import { garden, home, session } from './sign-in.ts';

/** Subscribing by oneself, as a newcomer lives it on her telephone, and what the garden answers. Each one ends refused: the demonstration stays as it was. */

test.use({ storageState: { cookies: [], origins: [] } });

const root = `/jardins/${garden}/inscription`;
const heading = (page: Page) => page.getByRole('heading', { level: 1 });

/** axe needs scripts: look.spec.ts looks at the telephone without. */
async function accessible(page: Page): Promise<void> {
  if (test.info().project.use.javaScriptEnabled === false) return;
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
}

/** What a person does, counted. */
class Hand {
  presses = 0;
  fields = 0;
  readonly page: Page;
  constructor(page: Page) {
    this.page = page;
  }
  async press(what: string | RegExp): Promise<void> {
    await this.touch(this.page.getByRole('button', { name: what }).first());
  }
  async touch(what: Locator): Promise<void> {
    this.presses++;
    await what.click();
  }
  async write(label: string, text: string): Promise<void> {
    this.fields++;
    await this.page.getByLabel(label, { exact: true }).fill(text);
  }
}

const person = () => {
  const mark = String(Date.now() % 1e8).padStart(8, '0');
  return { name: `Essai${mark.slice(-6)}`, email: `essai.${mark}@exemple.test`, phone: `07${mark}` };
};

async function introduce(hand: Hand, who: ReturnType<typeof person>): Promise<void> {
  await hand.write('Prénom', 'Lucie');
  await hand.write('Nom', who.name);
  await hand.write('Adresse e-mail', who.email);
  await hand.write('Téléphone', who.phone);
  await hand.write('Adresse', '3 rue des Prés');
  await hand.write('Code postal', '57140');
  await hand.write('Ville', 'Woippy');
}

/** The garden says no, with a word: the place is free again. */
async function refuse(page: Page, name: string): Promise<void> {
  const context = await page
    .context()
    .browser()!
    .newContext({ ...test.info().project.use, storageState: session('ventes') });
  const staff = await context.newPage();
  await staff.goto(`${home}/inscriptions?q=${name}`);
  await staff
    .getByRole('link', { name: new RegExp(name) })
    .first()
    .click();
  await expect(staff.getByText('À traiter').first()).toBeVisible();
  await staff.getByText('Refuser cette inscription').click();
  await staff.getByLabel('Votre message').fill('C’était un essai. Merci !');
  await staff.getByRole('button', { name: 'Refuser et envoyer le message' }).click();
  await expect(staff.getByText('votre message est parti')).toBeVisible();
  await context.close();
}

test('a newcomer subscribes in under « trois minutes »: screens, presses, fields and bytes are counted', async ({ page }) => {
  const wire = await page.context().newCDPSession(page);
  let bytes = 0;
  await wire.send('Network.enable');
  wire.on('Network.loadingFinished', ({ encodedDataLength }) => {
    bytes += encodedDataLength;
  });
  const hand = new Hand(page);
  const who = person();
  await page.goto(root);
  await page.waitForLoadState('networkidle');
  const first = bytes;
  await hand.press(/^Choisir/);
  await hand.press('Continuer');
  await hand.press(/^Choisir/);
  await hand.press('Continuer');
  await expect(page.getByText(/Étape 5|étape 5/)).toBeVisible();
  await hand.press('Continuer');
  await introduce(hand, who);
  await hand.press('Continuer');
  await hand.touch(page.getByRole('radio', { name: /Chèque/ }));
  await hand.press('Continuer');
  await expect(heading(page)).toHaveText('Vérifiez, et c’est fait');
  await expect(page.getByText('Total').first()).toBeVisible();
  const screens = Number(/sur (\d+)/.exec((await page.getByText(/étape \d+ sur/).textContent()) ?? '')?.[1]);
  // Twice in a hurry: once.
  hand.presses++;
  await page.getByRole('button', { name: /Je m’abonne/ }).dblclick();
  await expect(heading(page)).toContainText('Merci, Lucie');
  await page.waitForLoadState('networkidle');
  test.info().annotations.push({
    type: 'measured',
    description: JSON.stringify({ screens, presses: hand.presses, fields: hand.fields, first, bytes }),
  });
  expect(screens).toBeLessThanOrEqual(8);
  expect(hand.presses).toBeLessThanOrEqual(10);
  expect(hand.fields).toBe(7);
  expect(first).toBeLessThan(60 * 1024);
  expect(bytes).toBeLessThan(130 * 1024);
  await refuse(page, who.name);
  await page.reload();
  await expect(page.getByText('n’a pas pu donner suite')).toBeVisible();
});

test('what is wrong is told beside its field and stays typed; she comes back later to where she was; a mandate asks for her consent', async ({
  page,
}) => {
  const hand = new Hand(page);
  const who = person();
  await page.goto(root);
  await hand.press(/^Choisir/);
  await hand.press('Continuer');
  await page.getByLabel(/commune/).fill('Woippy');
  await hand.press('Trouver le plus proche');
  await expect(page.getByText(/Du plus proche au plus loin/)).toBeVisible();
  await hand.press(/^Choisir/);
  await hand.press('Continuer');
  await hand.press('Continuer');
  await introduce(hand, { ...who, phone: '06' });
  await hand.press('Continuer');
  await expect(page.getByText('Il manque des chiffres').first()).toBeVisible();
  await expect(page.getByLabel('Nom', { exact: true })).toHaveValue(who.name);
  await accessible(page);
  // Another day, the same telephone.
  await page.goto(root);
  await page.getByRole('link', { name: 'Reprendre où vous en étiez' }).click();
  await expect(page.getByLabel('Téléphone', { exact: true })).toHaveValue('06');
  await page.getByLabel('Téléphone', { exact: true }).fill(who.phone);
  await hand.press('Continuer');
  await page.getByRole('radio', { name: /Prélèvement/ }).check();
  await page.getByRole('textbox', { name: 'IBAN' }).fill('FR76 3000 6000 0112 3456 7890 188');
  await hand.press('Continuer');
  await expect(page.getByText('ses chiffres de contrôle').first()).toBeVisible();
  await page.getByRole('textbox', { name: 'IBAN' }).fill('FR76 3000 6000 0112 3456 7890 189');
  await page.getByLabel(/J’autorise ces prélèvements/).check();
  await hand.press('Continuer');
  await expect(page.getByText('•••• 0189')).toBeVisible();
  await accessible(page);
  await hand.press(/Je m’abonne/);
  await expect(heading(page)).toContainText('Merci, Lucie');
  await refuse(page, who.name);
});

test('too early or too late, an address leads to where one goes on; a link that leads nowhere says so', async ({ page }) => {
  await page.goto(`${root}/paiement`);
  await expect(page).toHaveURL(new RegExp(`${root}$`));
  await page.goto(`${root}/merci`);
  await expect(page).toHaveURL(new RegExp(`${root}$`));
  await page.goto(`${root}/reprendre/nulle-part`);
  await expect(heading(page)).toHaveText('Ce lien ne mène plus à rien');
});
