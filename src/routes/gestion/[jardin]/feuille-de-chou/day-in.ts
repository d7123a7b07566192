import { error } from '@sveltejs/kit';
import { type Day, parseDay } from '#kernel/day.ts';

/** The day in an address; anything else is a page that does not exist. */
export const dayIn = (text: string | undefined): Day => parseDay(text ?? '') ?? error(404, { message: 'Cette date n’existe pas.' });

export const noDelivery = () => error(404, { message: 'Aucune livraison ce jour-là : il n’y a pas de feuille de chou.' });
