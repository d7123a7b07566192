import { z } from 'zod';

/** How a garden drives its tours: from where, on what roads, how fast, and how long it stays at a stop. */

const decimal = (value: unknown) => (typeof value === 'string' ? value.trim().replace(',', '.') : value);

/** « 48,2341 »; nothing → null: nobody has said where the garden is. */
const degrees = (limit: number) => {
  const message = `Un nombre entre -${limit} et ${limit}.`;
  return z.preprocess(
    (value) => (decimal(value) === '' ? null : decimal(value)),
    z.coerce.number(message).min(-limit, message).max(limit, message).nullable(),
  );
};
const factor = z.preprocess(decimal, z.coerce.number().min(1).max(3));
const speed = z.coerce.number().int().min(5).max(130);
/** Emptied, it is to be filled: nothing is not zero. */
const minutes = z.preprocess((value) => (decimal(value) === '' ? undefined : value), z.coerce.number().int().min(0).max(120));

export const roadSettings = {
  startLatitude: degrees(90).default(null),
  startLongitude: degrees(180).default(null),
  /** How much longer the road is than the crow's way. */
  roadFactor: factor.default(1.3),
  /** Kilometres per hour, stops apart. */
  roadSpeed: speed.default(45),
  stopMinutes: minutes.default(8),
};

/** What a form may send of them. */
export const roadGiven = {
  startLatitude: degrees(90).optional(),
  startLongitude: degrees(180).optional(),
  roadFactor: factor.optional(),
  roadSpeed: speed.optional(),
  stopMinutes: minutes.optional(),
};
