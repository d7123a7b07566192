import { z } from 'zod';

export const MIN_PASSWORD = 10;

/** Length protects better than odd signs: nothing else is asked of a password. */
export const newPassword = z
  .string({ error: 'À remplir.' })
  .min(MIN_PASSWORD, `Au moins ${MIN_PASSWORD} caractères. Une phrase facile à retenir convient très bien.`)
  .max(128, 'Pas plus de 128 caractères.');
