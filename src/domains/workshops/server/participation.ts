import { sql } from 'kysely';
import { keepCharges } from '#domains/billing/index.server.ts';
import { shortDay } from '#kernel/day.ts';
import type { Tx } from '#platform/db/index.ts';
import { billedSeats } from '../rules/participation.ts';
import { findWorkshop } from './store.ts';

type Stored = Parameters<typeof billedSeats>[1] & { id: number };

/** What customers are billed for a workshop, as it stands now: one charge for each party. In a transaction that holds the workshop; seven statements at most. */
export async function billParticipation(tx: Tx, gardenId: number, workshopId: number): Promise<void> {
  const workshop = await findWorkshop(tx, workshopId);
  if (!workshop) return;
  const { rows } = await sql<Stored>`
    select id, customer_id as "customerId", seats, state, came, withdrawn_on as "withdrawnOn" from workshop_enrolment
    where garden_id = app_garden() and workshop_id = ${workshopId} and customer_id is not null order by id`.execute(tx);
  const { title, day, fee, feeVat } = workshop;
  const prefix = `workshop:${workshopId}:`;
  const wanted = rows.flatMap((party) => {
    const people = billedSeats(workshop, party);
    if (people === 0) return [];
    return {
      ...({
        customer: party.customerId!,
        kind: 'other',
        label: `Atelier « ${title} » du ${shortDay(day)}`,
        note: 'Participation',
      } as const),
      ...{
        quantity: people * 1000,
        unitPrice: fee,
        vatBasisPoints: feeVat,
        vatIncluded: true,
        account: '706000',
        activity: 'PRE',
        billOn: day,
      },
      source: `${prefix}${party.id}:${people}:${fee}:${feeVat}:${day}`,
    };
  });
  await keepCharges(tx, gardenId, prefix, wanted);
}
