import { afterAll, beforeAll } from 'vitest';
import { answerStep, choosePlace, newToken, sendSignup, signupPage, type Visit } from '../../src/domains/signup/index.server.ts';
import { visitorOf } from '../../src/platform/access/own.ts';
import { useDatabase } from '../database.ts';
import { plantGarden, sow, type TestGarden } from './customers.garden.ts';
import { type Places, plantPlaces, today } from './places.garden.ts';

export let garden: TestGarden;
export let places: Places;
export let plan: number;

/** A garden that visitors may subscribe to: a plan by the week with a deposit and a membership to take, a reserved depot, direct debit. */
export function useSignups(): void {
  const database = useDatabase({ max: 8 });
  beforeAll(async () => {
    garden = await plantGarden(database.ownerUrl());
    await garden.owner.query(`select install_ledger(${garden.gardenId})`);
    places = await plantPlaces(garden);
    plan = places.plan;
    await garden.owner.query('update plan set deposit_cents = 2000, membership_required = true where id = $1', [plan]);
    await sow(garden, 'plan_price', { plan_id: plan, starts_on: '2000-01-01', price_cents: 1380 });
    await sow(garden, 'membership_type', { name: 'Adhésion', amount_cents: 1500, period: 'fixed_year', year_starts: '01-01' });
    await sow(garden, 'bank_account', {
      ...{
        name: 'Compte',
        holder: 'Jardin d’essai',
        iban: 'FR7630006000011234567890189',
        creditor_identifier: 'FR72ZZZ123456',
        account: '512000',
      },
    });
    await garden.owner.query('update slot set capacity = 1 where id = $1', [places.stationSlot]);
  });
  afterAll(() => garden.owner.end());
}

export const setting = (settings: object) =>
  garden.owner.query('update garden set settings = $1 where id = $2', [settings, garden.gardenId]);
export const moment = { at: '20/10/2025 à 09:00:00 (heure de Paris)', address: '192.0.2.7', agent: 'Essai' };

export const visit = (customerId: number | null = null): Visit => ({
  actor: visitorOf(garden.gardenId, 'subscriptions:change'),
  token: newToken(),
  customerId,
});

let people = 0;
export const somebody = (more: Record<string, string> = {}) => {
  people++;
  return {
    ...{
      prenom: 'Jeanne',
      nom: `Durand${people}`,
      email: `jeanne${people}@exemple.test`,
      telephone: `06 00 00 ${String(people).padStart(4, '0')}`,
    },
    ...{ adresse: '1 rue des Prés', codePostal: '88150', ville: 'Thaon', message: '' },
    ...more,
  };
};

const cheque = { moyen: 'cheque', parts: '', titulaire: '', iban: '' };
export const debit = { moyen: 'direct_debit', parts: '', titulaire: '', iban: 'FR76 3000 6000 0112 3456 7890 189', accord: 'on' };

type Way = {
  slotId?: number;
  person?: Record<string, string>;
  payment?: Record<string, string>;
  waits?: boolean;
  options?: Record<string, string>;
};

/** Answers every step as a page would send them. */
export async function fill(
  who: Visit,
  { slotId = places.openSlot, person = somebody(), payment = cheque, waits = false, options }: Way = {},
): Promise<void> {
  const answer = (step: Parameters<typeof answerStep>[1], typed: Record<string, string>) => answerStep(who, step, typed, moment, today);
  const type = (await garden.owner.query('select id from membership_type')).rows[0].id;
  await answer('panier', { formule: String(plan) });
  await answer('rythme', { frequence: 'weekly', quantite: '1', nombre: '' });
  await choosePlace(who, { slotId, code: '', waits }, moment, today);
  await answer('debut', { debut: slotId === places.openSlot || slotId === places.stationSlot ? '2025-10-29' : '2025-10-30' });
  await answer('options', { adhesion: String(type), contenant: '', arrondi: '', ...options });
  if (who.customerId === null) await answer('vous', person);
  await answer('paiement', payment);
}

export async function page(who: Visit) {
  const found = await signupPage(who, 'verifier', today);
  if ('state' in found) throw new Error(`sent already: ${found.state}`);
  return found;
}

export async function send(who: Visit, more: { seen?: string; agreed?: boolean } = {}) {
  const found = await signupPage(who, 'verifier', today);
  const seen = 'state' in found ? '' : found.mark;
  return sendSignup(who, { seen, agreed: false, moment, userId: null, ...more }, today);
}

export const only = async (query: string, values: unknown[] = []) => (await garden.owner.query(query, values)).rows[0];
export const all = async (query: string, values: unknown[] = []) => (await garden.owner.query(query, values)).rows;
export { places as gardenPlaces, today };
