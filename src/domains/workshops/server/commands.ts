import { changedMeanwhile } from '#kernel/conflict.ts';
import { type Day, sayDayAndYear } from '#kernel/day.ts';
import { formatEuros } from '#kernel/money.ts';
import { done, type Outcome, refuse } from '#kernel/outcome.ts';
import { type Actor, requireRight } from '#platform/access/actor.ts';
import { inGarden } from '#platform/db/tenancy.ts';
import { feeWayLabels, kindLabels } from '../labels.ts';
import type { WorkshopGiven } from '../schema.ts';
import { letIn } from './enrol.ts';
import { billParticipation } from './participation.ts';
import { findWorkshop, holdWorkshop, loadEnrolments, type Workshop } from './store.ts';
import { tellCancelled, tellMoved } from './tell.ts';

const gone = refuse('Cet atelier n’existe plus.');

const values = (given: Omit<WorkshopGiven, 'version' | 'token'>) => {
  const { title, kind, description, day, place, address, seats, funder, published, feeBilled, feeVat, funderId } = given;
  return {
    ...{ title, kind, description, day, place, address, seats, funder, published },
    ...{
      from_time: given.from,
      until_time: given.until,
      enrol_until: given.enrolUntil ?? day,
      fee_cents: given.fee,
      cost_cents: given.cost,
      ...(feeBilled === undefined ? {} : { fee_billed: feeBilled }),
      ...(feeVat === undefined ? {} : { fee_vat_basis_points: feeVat }),
      ...(funderId === undefined ? {} : { funder_id: funderId }),
    },
  };
};

/** Answers that were given: a form that does not ask something changes nothing of it. */
const said = <T extends object>(given: T) => Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as T;

/** Invites to a workshop. Sent twice, it is one. @returns its identifier. */
export function createWorkshop(actor: Actor, { version: _, token, ...given }: WorkshopGiven): Promise<Outcome<{ id: number }>> {
  requireRight(actor, 'workshops:change');
  return inGarden(actor, async (tx) => {
    const made = await tx
      .insertInto('workshop')
      .values({ garden_id: actor.gardenId, token, ...values(given) })
      .onConflict((clash) => clash.columns(['garden_id', 'token']).doUpdateSet({ token }))
      .returning('id')
      .executeTakeFirstOrThrow();
    return done({ id: made.id });
  });
}

/** As a form would send it again: to tell what differs. */
function shown(of: Workshop) {
  const { title, kind, description, day, from, until, place, address, seats, enrolUntil, fee, cost, funder, published } = of;
  const { feeBilled, feeVat, funderId } = of;
  return {
    ...{ title, kind, description, day, from, until, place, address, seats, enrolUntil, fee, cost, funder, published },
    ...{ feeBilled, feeVat, funderId },
  };
}

/**
 * Changes a workshop. Who comes is written to when the day, the hours or the place change, and who waits comes in when there are more seats.
 * Refused when somebody else changed it since it was read, when there would be fewer seats than people who have theirs, or when its
 * cost is asked from another funder than the one that was asked.
 */
export function changeWorkshop(
  actor: Actor,
  id: number,
  { version, token: _, ...given }: WorkshopGiven,
  today: Day,
): Promise<Outcome<{ told: number }>> {
  requireRight(actor, 'workshops:change');
  return inGarden(actor, async (tx) => {
    const stored = await holdWorkshop(tx, id);
    if (!stored) return gone;
    if (stored.cancelled) return refuse('Cet atelier est annulé : il ne change plus. Créez-en un autre.');
    const [now, wanted] = [shown(stored), { ...said(given), enrolUntil: given.enrolUntil ?? given.day }];
    if (JSON.stringify(now) === JSON.stringify({ ...now, ...wanted })) return done({ told: 0 });
    if (stored.version !== version) return changedMeanwhile('Cet atelier', now, wanted, (field) => sayField(now, field));
    if (stored.claimId !== null && wanted.funderId !== undefined && wanted.funderId !== stored.funderId)
      return refuse('Ce que cet atelier a coûté est déjà demandé.', {
        funderId: 'Un autre payeur se décide sur la demande, si son financeur la conteste.',
      });
    if (given.seats < stored.taken)
      return refuse('Il y a déjà plus d’inscrits que de places.', {
        seats: `${stored.taken} personnes ont leur place : désinscrivez d’abord qui ne viendra pas.`,
      });
    await tx
      .updateTable('workshop')
      .set({ ...values(given), version: version + 1 })
      .where('garden_id', '=', actor.gardenId)
      .where('id', '=', id)
      .execute();
    const changed = (await findWorkshop(tx, id))!;
    if (changed.day < today) {
      await billParticipation(tx, actor.gardenId, id);
      return done({ told: 0 });
    }
    const moved = (['day', 'from', 'until', 'place', 'address'] as const).some((field) => stored[field] !== changed[field]);
    const parties = moved ? await loadEnrolments(tx, id) : [];
    if (moved) await tellMoved(tx, actor.gardenId, changed, stored, parties);
    await letIn(tx, actor.gardenId, changed, today);
    await billParticipation(tx, actor.gardenId, id);
    return done({ told: parties.filter(({ customerId }) => customerId !== null).length });
  });
}

function sayField(now: ReturnType<typeof shown>, field: keyof ReturnType<typeof shown>): string {
  if (field === 'kind') return kindLabels[now.kind];
  if (field === 'day' || field === 'enrolUntil') return sayDayAndYear(now[field]);
  if (field === 'fee' || field === 'cost') return formatEuros(now[field]);
  if (field === 'feeBilled') return feeWayLabels[now.feeBilled];
  if (field === 'feeVat') return `${now.feeVat / 100} %`;
  if (field === 'published') return now.published ? 'montré' : 'brouillon';
  return String(now[field]);
}

/**
 * Cancels a workshop: who comes or waits is written to, with the reason. Asked twice, it is cancelled once.
 * @returns how many were written to, and who has to be called because there is no letter for them.
 */
export function cancelWorkshop(
  actor: Actor,
  id: number,
  { version, reason }: { version: number; reason: string },
  today: Day,
): Promise<Outcome<{ told: number; toCall: number }>> {
  requireRight(actor, 'workshops:change');
  return inGarden(actor, async (tx) => {
    const stored = await holdWorkshop(tx, id);
    if (!stored) return gone;
    if (stored.cancelled) return done({ told: 0, toCall: 0 });
    if (stored.version !== version)
      return refuse('Cet atelier vient d’être modifié par quelqu’un d’autre : regardez-le avant de l’annuler.');
    if (stored.day < today) return refuse('Cet atelier a déjà eu lieu.');
    await tx
      .updateTable('workshop')
      .set({ cancelled_at: new Date(), cancel_reason: reason, version: version + 1 })
      .where('garden_id', '=', actor.gardenId)
      .where('id', '=', id)
      .execute();
    await billParticipation(tx, actor.gardenId, id);
    const parties = await loadEnrolments(tx, id);
    await tellCancelled(tx, actor.gardenId, stored, reason, parties);
    const told = parties.filter(({ customerId }) => customerId !== null).length;
    return done({ told, toCall: parties.length - told });
  });
}
