import { post } from '../../src/domains/ledger/index.server.ts';
import { methods, recordPayment } from '../../src/domains/payments/index.server.ts';
import { inGarden } from '../../src/platform/db/tenancy.ts';
import { plantGarden, sow, type TestGarden } from './customers.garden.ts';

export const today = '2025-10-22';

export type OwingGarden = TestGarden & {
  /** Somebody new; the id. */
  customer: (lastName: string, more?: Record<string, unknown>) => Promise<number>;
  /** An invoice as it stands once it is issued, and its entry. */
  invoice: (customer: number, cents: number, dueOn: string, credits?: number) => Promise<number>;
  paid: (customer: number, cents: number, day?: string, more?: { document?: number; state?: 'paid' | 'scheduled' }) => Promise<number>;
};

/** A garden that bills, without the machinery of bills: documents and entries are set down as issuing leaves them. */
export async function owingGarden(ownerUrl: string, slug = 'essai'): Promise<OwingGarden> {
  const garden = await plantGarden(ownerUrl, slug);
  for (const part of ['ledger', 'payments', 'receivables']) await garden.owner.query(`select install_${part}(${garden.gardenId})`);
  const letterhead = await sow(garden, 'letterhead', { content: '{}', digest: Buffer.from(slug) });
  let number = 0;
  let form = 0;
  return {
    ...garden,
    customer: (lastName, more = {}) =>
      sow(garden, 'customer', { number: String(++number), last_name: lastName, first_name: 'Claire', ...more }),
    invoice: async (customer, cents, dueOn, credits) => {
      const sequence = ++number;
      const name = `${credits ? 'A' : 'F'}2025-${String(sequence).padStart(5, '0')}`;
      const lines = [
        { account: '411000', amount: cents, customer },
        { account: '701000', amount: -cents },
      ];
      const [entry] = await inGarden(garden.marie, (tx) =>
        post(tx, 'VE', [{ day: dueOn, label: `Facture ${name}`, document: name, documentDay: dueOn, source: `document:${name}`, lines }]),
      );
      return sow(garden, 'document', {
        ...{
          kind: credits ? 'credit_note' : 'invoice',
          year: 2025,
          sequence,
          number: name,
          day: dueOn,
          due_on: dueOn,
          customer_id: customer,
        },
        ...{
          recipient: '{}',
          letterhead_id: letterhead,
          net_cents: cents,
          gross_cents: cents,
          credits: credits ?? null,
          entry_id: entry!.id,
        },
      });
    },
    paid: (customer, cents, day = today, { document, state = 'paid' } = {}) =>
      inGarden(garden.marie, async (tx) => {
        const method = (await methods(tx)).find(({ kind }) => kind === 'transfer')!;
        const given = { customer, method: method.id, amount: cents, day, state, document: document ?? null, source: `form:${++form}` };
        const recorded = await recordPayment(tx, garden.gardenId, given);
        if (!recorded.ok) throw new Error(recorded.reason);
        return recorded.value.id;
      }),
  };
}
