import { type RequestEvent, redirect } from '@sveltejs/kit';
import { heldBaskets, markPacked, packingDay, preparationDays } from '#domains/preparation/index.server.ts';
import { countForm, type GivenMark, marksForm } from '#domains/preparation/schema-packing.ts';
import { enter } from '#edge/enter.ts';
import { readForm, refused } from '#edge/forms.ts';
import { idAsked } from '#edge/id.ts';
import { can } from '#platform/access/actor.ts';
import { dayAsked } from './day.ts';
import { byProduct, byStop } from './groups.ts';

export const load = async (event) => {
  const { actor, today } = enter(event, 'preparation:read');
  const day = await dayAsked(event, actor, today);
  const found = await packingDay(actor, day, today);
  const mayMark = can(actor, 'preparation:change');
  if (!found) return { today, day, mayMark, next: (await preparationDays(actor, today, 1))[0]?.day ?? null, tours: [], tour: null };
  const { searchParams } = event.url;
  const asked = idAsked(searchParams.get('tournee'));
  // The one that is asked for, else the first that is not ready.
  const tour = found.tours.find((one) => one.deliveryId === asked) ?? found.tours.find((one) => one.packed < one.due) ?? found.tours[0]!;
  const by = searchParams.get('par') === 'panier' ? ('panier' as const) : ('depot' as const);
  const { stops, ...head } = tour;
  return {
    ...{ today, day, mayMark, by, next: null },
    tours: found.tours.map(({ stops: _, tasks: __, ...one }) => one),
    tour: head,
    products: found.products,
    /** Baskets that stay at the garden, and are in no number of this page. */
    opensCustomers: can(actor, 'customers:read'),
    held: await heldBaskets(actor, tour.deliveryId, today),
    /** Of the tour, kind by kind. */
    kinds: byProduct(stops, found.products),
    groups: by === 'panier' ? byProduct(stops, found.products) : byStop(stops, found.products),
    /** Where somebody types a number: « slot.product ». */
    noted: searchParams.get('noter'),
  };
};

/** Back to where the tap was: the stop, or the kind of basket. */
function back({ url }: RequestEvent, deliveryId: number, mark: GivenMark): never {
  const byKind = url.searchParams.get('par') === 'panier';
  const query = new URLSearchParams({ tournee: String(deliveryId), ...(byKind && { par: 'panier' }) });
  redirect(303, `${url.pathname}?${query}#${byKind ? `p${mark.productId}` : `a${mark.slotId}`}`);
}

export const actions = {
  marquer: async (event) => {
    const { actor, today } = enter(event, 'preparation:change');
    const form = await readForm(event, marksForm);
    if (!form.ok) return form.failure;
    const { deliveryId, marks } = form.value;
    const done = await markPacked(actor, deliveryId, marks, today);
    if (!done.ok) return refused({ ...done, fields: {} });
    back(event, deliveryId, marks[0]!);
  },

  noter: async (event) => {
    const { actor, today } = enter(event, 'preparation:change');
    const form = await readForm(event, countForm);
    if (!form.ok) return form.failure;
    const { deliveryId, ...mark } = form.value;
    const done = await markPacked(actor, deliveryId, [mark], today);
    if (!done.ok) return refused(done, form.values);
    back(event, deliveryId, mark);
  },
};
