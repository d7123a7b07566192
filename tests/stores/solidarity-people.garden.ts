import { randomUUID } from 'node:crypto';
import { acceptReferral, addPerson, addPrescriber, refer, referralPage } from '../../src/domains/solidarity/index.server.ts';
import { acceptanceForm, referralForm } from '../../src/domains/solidarity/schema-referral.ts';
import type { Outcome } from '../../src/kernel/outcome.ts';
import type { Prescribing } from '../../src/platform/access/own.ts';
import { plantGarden, sow, type TestGarden } from './customers.garden.ts';
import { type Places, plantPlaces, today } from './places.garden.ts';

/** The value of what was done; a refusal is a failure of the test. */
export const value = <T>(outcome: Outcome<T>): T => {
  if (!outcome.ok) throw new Error(`${outcome.reason} ${JSON.stringify(outcome.fields ?? {})}`);
  return outcome.value;
};

let people = 0;

/** A garden with a programme (a basket of 10 €, 3 € of it the person's) and a prescriber who sends people to it. */
export async function plantPeople(ownerUrl: string) {
  const garden: TestGarden = await plantGarden(ownerUrl);
  await garden.owner.query(`select install_ledger(${garden.gardenId})`);
  const places: Places = await plantPlaces(garden);
  await sow(garden, 'plan_price', { plan_id: places.plan, starts_on: '2000-01-01', price_cents: 1000 });
  const funder = await sow(garden, 'funder', { kind: 'garden', name: 'Le jardin' });
  const programme = await sow(garden, 'programme', {
    name: 'Panier pour tous',
    starts_on: '2025-01-01',
    person_cents: 300,
    person_basis_points: 3000,
  });
  await sow(garden, 'programme_share', { programme_id: programme, position: 1, funder_id: funder, kind: 'remainder' });
  const ccas = value(await addPrescriber(garden.marie, { nom: 'CCAS', structure: 'ccas', commune: 'Bourg' })).id;
  const personId = value(await addPerson(garden.marie, ccas, { nom: 'Nora Weber', email: 'nora@ccas.test', telephone: '' })).id;
  const nora: Prescribing = { gardenId: garden.gardenId, userId: 'nora', personId, prescriberId: ccas };

  const asked = (more: object = {}) => {
    people += 1;
    return referralForm.parse({
      ...{
        prenom: 'Awa',
        nom: `Diallo${people}`,
        telephone: '',
        email: `awa${people}@exemple.test`,
        commune: 'Bourg',
        foyer: '4',
        caisse: 'caf',
      },
      ...{ reference: `T${people}`, duree: '3', justificatif: 'income', vuLe: today, accord: 'on', cle: randomUUID(), ...more },
    });
  };
  const page = async (id: number) => (await referralPage(garden.marie, id, today))!;
  const accepting = async (id: number, more: object = {}) =>
    acceptanceForm.parse({
      ...{ version: (await page(id)).row.version, client: 'nouveau', programme, formule: places.plan, creneau: places.openSlot },
      ...{ frequence: 'weekly', debut: '', ensuite: 'ends', depasser: '', tour: '', ...more },
    });
  return {
    ...{ garden, places, programme, nora, asked, page, accepting },
    /** Sends somebody. @returns the referral. */
    sent: async (more: object = {}, on = today) => value(await refer(nora, { ...asked(more), vuLe: on }, on)).id,
    accepted: async (id: number, more: object = {}) => value(await acceptReferral(garden.marie, id, await accepting(id, more), today)),
    one: async <T = Record<string, unknown>>(text: string, values: unknown[] = []): Promise<T> =>
      (await garden.owner.query(text, values)).rows[0] as T,
    letters: async (customerId: number) =>
      (await garden.owner.query('select event from message where customer_id = $1 order by id', [customerId])).rows.map(
        ({ event }) => event,
      ),
  };
}
export type People = Awaited<ReturnType<typeof plantPeople>>;
