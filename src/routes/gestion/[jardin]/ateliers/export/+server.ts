import { workshopList } from '#domains/workshops/index.server.ts';
import { kindLabels, standingLabels } from '#domains/workshops/labels.ts';
import { enter } from '#edge/enter.ts';
import { exportTable } from '#edge/export.ts';

const headers = [
  'Jour',
  'De',
  'À',
  'Atelier',
  'Thème',
  'Lieu',
  'État',
  'Places',
  'Inscrits',
  'En attente',
  'Venus',
  'Participation',
  'Coût',
  'Payé par',
];

/** Every workshop of the garden, latest first, with who came and what it cost: for whoever paid. */
export const GET = async (event) => {
  const { actor, today } = enter(event, 'workshops:read');
  const { coming, past } = await workshopList(actor, today);
  const rows = [...coming.toReversed(), ...past].map((one) => [
    ...[one.day, one.from, one.until, one.title, kindLabels[one.kind], one.place, standingLabels[one.standing]],
    ...[one.seats, one.taken, one.waiting, one.came, one.fee / 100, one.cost / 100, one.funder],
  ]);
  return exportTable(event, `ateliers-${today}`, headers, rows);
};
