import { post } from '../../src/domains/ledger/index.server.ts';
import { inGarden } from '../../src/platform/db/tenancy.ts';
import { plantGarden, sow, type TestGarden } from './customers.garden.ts';

export const today = '2025-10-20';
export const dueOn = '2025-11-05';
const ibans = ['FR7630006000011234567890189', 'FR1420041010050500013M02606', 'DE89370400440532013000', 'FR7630004000031234567890143'];

/**
 * A garden that changed tools on 1 September 2025, with an account and four customers who pay by direct debit: Claire and Paul may be debited, Zoé has no
 * mandate, Yann's ended. `bill` writes what they owe.
 */
export async function plantDebits(ownerUrl: string, slug = 'essai') {
  const garden = await plantGarden(ownerUrl, slug);
  const { owner, gardenId } = garden;
  await owner.query(`select install_ledger(${gardenId}), install_payments(${gardenId})`);
  await owner.query(
    `update garden set taken_over_on = '2025-09-01', settings = '{"rejectionFeeCents": 750}', phone = '03 29 00 00 00' where id = ${gardenId}`,
  );
  const account = await sow(garden, 'bank_account', {
    name: 'Compte courant',
    holder: 'Jardin d’essai',
    iban: ibans[3],
    creditor_identifier: 'FR72ZZZ123456',
  });
  const person = (number: string, last_name: string, first_name: string, email = '') =>
    sow(garden, 'customer', { number, last_name, first_name, email, payment_method: 'direct_debit' });
  const claire = await person('1', 'Martin', 'Claire', 'claire@exemple.test');
  const paul = await person('2', 'Éloi', 'Paul');
  const zoe = await person('3', 'Zola', 'Zoé');
  const yann = await person('4', 'Yvon', 'Yann');
  const mandate = (customer_id: number, reference: string, iban: number, more: object = {}) =>
    sow(garden, 'mandate', { customer_id, reference, iban: ibans[iban], signed_on: '2020-07-19', ...more });
  const mandates = {
    claire: await mandate(claire, 'COC0001-3', 0, { bic: 'AGRIFRPP888' }),
    paul: await mandate(paul, 'COC0002-1', 1, { signed_on: '2025-10-01', evidence: 'paper' }),
    yann: await mandate(yann, 'COC0004-1', 2, { ended_on: '2025-10-01' }),
  };
  const bill = (customer: number, cents: number, day = '2025-10-31', piece = `F2025-${customer}`) =>
    inGarden(garden.marie, (tx) =>
      post(tx, 'VE', [
        {
          day,
          label: 'Paniers',
          document: piece,
          documentDay: day,
          lines: [
            { account: '411000', amount: cents, customer },
            { account: '701000', amount: -cents },
          ],
        },
      ]),
    );
  return { ...garden, garden: garden as TestGarden, account, claire, paul, zoe, yann, mandates, bill };
}

export type Debits = Awaited<ReturnType<typeof plantDebits>>;
