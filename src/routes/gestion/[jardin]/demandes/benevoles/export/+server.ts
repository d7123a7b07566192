import { volunteers } from '#domains/account/index.server.ts';
import { momentLabels, taskLabels, tasks } from '#domains/account/labels-baskets.ts';
import { enter } from '#edge/enter.ts';
import { exportTable } from '#edge/export.ts';

/** The list as a file, for what the page shows. */
export const GET = async (event) => {
  const { actor, today } = enter(event, 'customers:read');
  const asked = event.url.searchParams.get('pour');
  const people = await volunteers(actor, tasks.find((one) => one === asked) ?? null);
  return exportTable(
    event,
    `coups-de-main-${today}`,
    ['Numéro', 'Nom', 'Téléphone', 'E-mail', 'Pour', 'Quand', 'Un mot'],
    people.map((one) => [
      ...[one.number, one.name, one.phone, one.email],
      one.tasks.map((task) => taskLabels[task]).join(', '),
      one.moments.map((moment) => momentLabels[moment]).join(', '),
      one.note,
    ]),
  );
};
