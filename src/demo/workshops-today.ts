import sharp from 'sharp';
import { customerList } from '#domains/customers/index.server.ts';
import { findGarden } from '#domains/gardens/index.server.ts';
import { contestClaim, funders, markClaimSent } from '#domains/solidarity/index.server.ts';
import {
  addPhoto,
  cancelWorkshop,
  claimWorkshop,
  createWorkshop,
  enrolSomebody,
  noteAttendance,
  workshopList,
  workshopPage,
} from '#domains/workshops/index.server.ts';
import type { WorkshopGiven } from '#domains/workshops/schema.ts';
import { addDays, type Day, weekdayOf } from '#kernel/day.ts';
import type { Outcome } from '#kernel/outcome.ts';
import type { Actor } from '#platform/access/actor.ts';
import { basketScene } from './site-pictures.ts';
import { garden } from './team.ts';

const expect = <T>(outcome: Outcome<T>): T => {
  if (!outcome.ok) throw new Error(outcome.reason);
  return outcome.value;
};
/** An identifier that is the same on every day of the demonstration. */
const token = (at: number, party = 0) => `00000000-0000-4000-9000-${String(at).padStart(4, '0')}${String(party).padStart(8, '0')}`;
/** The first Saturday so many weeks away. */
const saturday = (today: Day, weeks: number): Day => addDays(today, ((13 - weekdayOf(today)) % 7) + 7 * weeks);

/** Of the large garden: workshops to come, full with people who wait, cancelled, a draft. */
export const holdWorkshops = (head: Actor, today: Day): Promise<void> =>
  invite(
    head,
    today,
    workshops.flatMap((one, at) => (one.weeks < 0 ? [] : { ...one, at })),
  );

/** Those that took place, with who came, photos, and what is billed of it. */
export const lookBackOnWorkshops = (head: Actor, today: Day): Promise<void> =>
  invite(
    head,
    today,
    workshops.flatMap((one, at) => (one.weeks < 0 ? { ...one, at } : [])),
  );

/** The CAF was asked for what the last two cost: it contests the older one, and somebody has to decide. */
export async function claimWorkshops(head: Actor, today: Day): Promise<void> {
  if ((await findGarden(garden))?.id !== head.gardenId) return;
  const past = (await workshopList(head, today)).past.filter(({ funderId, came, cost }) => funderId !== null && came !== null && cost > 0);
  const claims: number[] = [];
  for (const { id } of past) claims.push(expect(await claimWorkshop(head, id, { dueOn: addDays(today, 30) }, today)).claim);
  for (const claim of claims) expect(await markClaimSent(head, claim));
  const older = claims.at(-1);
  if (older)
    expect(
      await contestClaim(
        head,
        older,
        'Les conserves ne sont pas dans la convention de cette année : nous finançons la cuisine et la nutrition.',
      ),
    );
}

async function invite(head: Actor, today: Day, invited: readonly (Told & { at: number })[]): Promise<void> {
  const large = await findGarden(garden);
  if (large?.id !== head.gardenId) return;
  const { rows: people } = await customerList(head, today, {
    search: '',
    sort: 'nom',
    direction: 'asc',
    page: 1,
    perPage: 60,
    filters: {},
  });
  const persons = people.filter(({ firstName }) => firstName !== '').slice(8, 40);
  const payers = await funders(head);
  for (const { at, weeks, parties, ...said } of invited) {
    const day = saturday(today, weeks);
    const funderId = payers.find(({ name }) => name === (said.funder ?? usual.funder))?.id ?? null;
    const given: WorkshopGiven = {
      ...usual,
      ...said,
      funderId,
      version: 0,
      token: token(at),
      day,
      enrolUntil: weeks < 0 ? day : addDays(day, -1),
    };
    const { id } = expect(await createWorkshop(head, given));
    for (const [party, seats] of parties.entries()) {
      const who =
        party === 1
          ? { customer: null, name: 'Yasmina Belkacem', phone: '06 39 98 77 20' }
          : { customer: persons[(at * 5 + party) % persons.length]!.id, name: '', phone: '' };
      const one = { ...who, seats, agreed: party % 3 === 2 ? null : party % 3 === 0, token: token(at, party + 1) };
      expect(await enrolSomebody(head, id, one, today));
    }
    if (weeks < 0) await lookBack(head, id, at, today);
    if (said.title.startsWith('Tailler'))
      expect(await cancelWorkshop(head, id, { version: 1, reason: 'L’animateur est souffrant : nous le referons au printemps.' }, today));
  }
}

async function lookBack(head: Actor, id: number, seed: number, today: Day): Promise<void> {
  const { enrolments } = (await workshopPage(head, id, today))!;
  const coming = enrolments.filter(({ state }) => state === 'enrolled');
  expect(await noteAttendance(head, id, coming.map((one, at) => ({ id: one.id, came: at === 3 ? 0 : one.seats, agreed: one.agreed })), today)); // biome-ignore format: one line reads better
  const content = await sharp(Buffer.from(basketScene(['🍅', '🥒', '🥕', '🌶️'], seed)))
    .jpeg({ quality: 80 })
    .toBuffer();
  expect(await addPhoto(head, id, { content, alt: 'La table de l’atelier, vue de haut (dessin).', people: [], nobody: true }));
}

const usual = {
  ...{ from: '14:00', until: '16:30', place: 'Cuisine du centre social', address: '3 place Saint-Louis, 57000 Metz' },
  ...{ fee: 0, cost: 18000, funder: 'CAF de Moselle', published: true },
};

type Told = Pick<WorkshopGiven, 'title' | 'kind' | 'description' | 'seats'> & Partial<WorkshopGiven> & { weeks: number; parties: number[] };
const workshops: Told[] = [
  {
    ...{ title: 'Soupes d’hiver, du bocal au bol', kind: 'cooking', weeks: 1, seats: 12, parties: [2, 1, 3, 1] },
    description:
      'On épluche ensemble, on cuit trois soupes, on goûte, et chacun repart avec un bocal.\n\n**À apporter** : un tablier, un couteau qui coupe, un bocal vide.\n\nLes enfants sont bienvenus à partir de six ans.',
  },
  {
    ...{
      title: 'Choucroute et légumes lactofermentés',
      kind: 'preserving',
      weeks: 2,
      seats: 8,
      parties: [2, 2, 3, 1, 2, 1],
      fee: 500,
      feeBilled: 'enrolled',
    },
    description:
      'Du chou, du sel, du temps : la plus vieille des conserves, sans cuisson. Chacun repart avec un grand bocal à surveiller chez soi.',
  },
  {
    ...{
      title: 'Bien manger avec un panier et dix euros',
      kind: 'nutrition',
      weeks: 4,
      seats: 10,
      parties: [1, 1],
      cost: 9000,
      funder: 'Commune de Woippy',
    },
    description: 'Quatre repas pour quatre, avec le panier de la semaine. Une diététicienne répond à vos questions, sans jugement.',
  },
  {
    ...{
      title: 'Tailler les petits fruits',
      kind: 'gardening',
      weeks: 3,
      seats: 15,
      parties: [1, 2],
      cost: 0,
      funder: '',
      place: 'Au jardin',
      address: '12 chemin des Prés, 57050 Metz',
    },
    description: 'Cassis, groseilles, framboises : où couper, et pourquoi. Sécateurs prêtés.',
  },
  {
    ...{
      title: 'Semer ses aromatiques sur un balcon',
      kind: 'gardening',
      weeks: 6,
      seats: 12,
      parties: [],
      published: false,
      cost: 0,
      funder: '',
    },
    description: 'Brouillon : la date est à confirmer avec la médiathèque.',
  },
  {
    ...{ title: 'Courges : de la soupe au gâteau', kind: 'cooking', weeks: -3, seats: 14, parties: [2, 1, 3, 2, 4, 2] },
    description: 'Cinq courges, cinq recettes. On a tout mangé.',
  },
  {
    ...{
      title: 'Conserves de tomates',
      kind: 'preserving',
      weeks: -10,
      seats: 8,
      parties: [1, 2, 2, 1, 2],
      fee: 300,
      feeBilled: 'attended',
      cost: 15000,
    },
    description: 'Quatre-vingts kilos de tomates, deux stérilisateurs, et des rires.',
  },
];
