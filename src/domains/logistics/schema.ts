import { z } from 'zod';
import { parseDay } from '#kernel/day.ts';
import { parseEuros } from '#kernel/money.ts';

/** What the forms of tours, depots and stops may send. */
const version = z.coerce.number().int().min(1);
const line = (longest: number) => z.string().trim().max(longest);
const weekday = z.coerce.number().int().min(1).max(7);

const time = z
  .string()
  .trim()
  .transform((text) =>
    text === ''
      ? null
      : text
          .replace(/\s*[hH]\s*/, ':')
          .replace(/:$/, ':00')
          .padStart(5, '0')
          .slice(0, 5),
  )
  .refine((text) => text === null || /^([01]\d|2[0-3]):[0-5]\d$/.test(text), 'Écrivez une heure, par exemple 08h20.');

/** A field that a form may leave out (what is stored stays), or empty (nothing is known). */
const vehicle = z
  .preprocess(
    (value) => (value === '' ? null : value),
    z.coerce
      .number('Un nombre entier de paniers, ou rien.')
      .int('Un nombre entier de paniers, ou rien.')
      .min(1, 'Un panier au moins, ou rien.')
      .max(9999)
      .nullable(),
  )
  .optional();
const departure = z.preprocess((value) => value ?? '', time).optional();

const tourFields = {
  code: line(12).min(1),
  name: line(120).min(1),
  preparationWeekday: weekday,
  deliveryWeekday: weekday,
  color: z
    .string()
    .regex(/^#[0-9a-f]{6}$/i, 'Choisissez une couleur.')
    .toLowerCase(),
  vehicleBaskets: vehicle,
  leavesAt: departure,
};
export const newTourForm = z.object(tourFields);
export type NewTour = z.output<typeof newTourForm>;
export const tourForm = z.object({ version, ...tourFields });
export type TourChange = z.output<typeof tourForm>;

/** `order`: the stops as the page shows them; `move`: « 12:up » when one of the two buttons was pressed. */
export const orderForm = z.object({
  tour: z.coerce.number().int(),
  version,
  order: z.array(z.coerce.number().int()).max(500),
  move: z
    .string()
    .regex(/^\d+:(up|down)$/)
    .optional(),
});

/** A proposed order, as the page shows it: the stops, and beside each when the vehicle is there (empty: nobody knows). */
export const acceptedOrderForm = z
  .object({
    version,
    order: z.array(z.coerce.number().int()).max(500),
    arrivals: z.array(time).max(500),
    /** Those hours are written too. */
    times: z.coerce.boolean().default(false),
  })
  .refine(({ order, arrivals }) => order.length === arrivals.length, {
    path: ['arrivals'],
    message: 'Cette proposition n’est pas lisible : demandez-la de nouveau.',
  });
export type AcceptedOrder = z.output<typeof acceptedOrderForm>;

/** « 48,2341 » or « 48.2341 » → 48.2341; nothing → null. */
const degrees = (limit: number) =>
  z
    .string()
    .trim()
    .transform((text) => (text === '' ? null : Number(text.replace(',', '.'))))
    .refine((value) => value === null || (Number.isFinite(value) && Math.abs(value) <= limit), `Un nombre entre -${limit} et ${limit}.`);

const euros = z.string().transform((text, context) => {
  const cents = text.trim() === '' ? 0 : parseEuros(text);
  if (cents === null || cents < 0) {
    context.addIssue({ code: 'custom', message: 'Écrivez un montant, par exemple 0,50.' });
    return z.NEVER;
  }
  return cents;
});

const depotFields = {
  number: line(12).min(1),
  name: line(120).min(1),
  address: line(200),
  postcode: line(10),
  city: line(80),
  phone: line(30),
  contact: line(80),
  category: z.enum(['open', 'reserved', 'professional']),
  mention: line(200),
  password: line(60),
  accessCode: line(60),
  accessNote: line(200),
  fee: euros,
  latitude: degrees(90),
  longitude: degrees(180),
};

/** What one field asks of another. */
const whole = <F extends z.ZodObject<typeof depotFields>>(form: F): F =>
  form
    .refine((depot) => depot.category !== 'reserved' || depot.password !== '', {
      path: ['password'],
      message: 'Un dépôt réservé s’ouvre avec un mot de passe : choisissez-en un.',
    })
    .refine((depot) => (depot.latitude === null) === (depot.longitude === null), {
      path: ['longitude'],
      message: 'Donnez la latitude et la longitude, ou aucune des deux.',
    });
export const newDepotForm = whole(z.object(depotFields));
export type NewDepot = z.output<typeof newDepotForm>;
export const depotForm = whole(z.object({ version, ...depotFields }));
export type DepotChange = z.output<typeof depotForm>;

const wholeNumber = (longest: number, message: string) =>
  z
    .string()
    .trim()
    .transform((text) => (text === '' ? null : Number(text)))
    .refine((value) => value === null || (Number.isInteger(value) && value >= 0 && value < longest), message);

const slotFields = {
  /** Tells two slots of one depot on one tour apart. */
  name: line(60),
  /** Empty: last of the tour. */
  order: wholeNumber(1000, 'Un nombre : 1 pour le premier arrêt.'),
  arrival: time,
  pickup: line(80),
  capacity: wholeNumber(100_000, 'Un nombre entier de places, ou rien.'),
};

/** A depot's stop on a tour. */
export const slotForm = z.object({ version, ...slotFields });
export type SlotChange = z.output<typeof slotForm>;
export const newSlotForm = z.object({
  tourId: z.coerce.number({ error: 'Choisissez une tournée.' }).int().min(1, 'Choisissez une tournée.'),
  ...slotFields,
});
export type NewSlot = z.output<typeof newSlotForm>;

const day = z.string().transform((text, context) => {
  const value = parseDay(text);
  if (value) return value;
  context.addIssue({ code: 'custom', message: text.trim() === '' ? 'À remplir.' : 'Écrivez une date, par exemple 01/04/2027.' });
  return z.NEVER;
});

const seasonFields = { name: line(80).min(1), startsOn: day, endsOn: day };
export const newSeasonForm = z.object(seasonFields);
export const seasonForm = z.object({ version, ...seasonFields });
export type SeasonChange = z.output<typeof newSeasonForm> & { version?: number };
