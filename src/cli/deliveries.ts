import { deliveryTotals } from '#domains/subscriptions/index.server.ts';
import { shortDay } from '#kernel/day.ts';
import { systemActor } from '#platform/access/actor.ts';
import { withDatabase } from '#platform/application/database.ts';
import { type Command, log, needed, neededYear } from './command.ts';
import { gardenNamed } from './garden.ts';

export default {
  usage: '--garden NOM --year AAAA',
  summary: 'Les livraisons d’une année : date, paniers par type et par point de dépôt',
  options: { garden: { type: 'string', says: 'le jardin (son nom court)' }, year: { type: 'string', says: 'l’année (semaines ISO)' } },
  words: 0,
  run: (_, values) => {
    const slug = needed(values, 'garden');
    const year = neededYear(values);
    return withDatabase(log, async () => {
      const garden = await gardenNamed(slug);
      const deliveries = await deliveryTotals(systemActor(garden.id), year);
      const lines = deliveries.map(({ tour, week, date, totals }) => {
        const baskets = Object.entries(totals).map(([product, quantity]) => `${quantity} ${product}`);
        return `S${String(week).padStart(2, '0')}  ${shortDay(date)}  ${tour.padEnd(6)} ${baskets.join(', ')}`;
      });
      return { json: deliveries, text: lines.join('\n') };
    });
  },
} satisfies Command;
