import { sql } from 'kysely';
import { listProduce, setPrices } from '#domains/produce/index.server.ts';
import { addDays, type Day, weekdayOf } from '#kernel/day.ts';
import type { UnitPrice } from '#kernel/quantity.ts';
import { type Actor, systemActor } from '#platform/access/actor.ts';
import { inGarden } from '#platform/db/tenancy.ts';
import { type Chance, chance } from './random.ts';

/** Usual prices, in euros for one unit without VAT: invented, of the size one meets. */
const usual: Record<string, number> = {
  ...{
    Ail: 0.55,
    'Ail nouveau': 0.7,
    Artichaut: 1.6,
    'Asperge verte': 9.5,
    Aubergine: 3.2,
    'Bette (blette)': 1.7,
    'Betterave en botte': 1.8,
  },
  ...{
    'Betterave rouge': 1.9,
    Brocoli: 3.3,
    Carotte: 1.85,
    'Carotte de couleur': 2.3,
    'Carotte en botte': 1.9,
    Cébette: 1.2,
    'Céleri branche': 1.9,
  },
  ...{
    'Céleri-rave': 2.2,
    'Chicorée scarole': 1.3,
    'Chicorée pain de sucre': 1.4,
    'Chou blanc': 1.6,
    'Chou chinois': 1.8,
    'Chou de Bruxelles': 3.9,
  },
  ...{
    'Chou frisé de Milan': 1.9,
    'Chou kale': 1.8,
    'Chou pointu': 1.9,
    'Chou rouge': 1.7,
    'Chou-fleur': 2.4,
    'Chou-rave': 0.95,
    Concombre: 1.15,
  },
  ...{
    'Chou romanesco': 2.4,
    'Courge butternut': 1.95,
    'Courge muscade': 1.8,
    'Courge spaghetti': 1.7,
    Courgette: 2.05,
    Échalote: 4.2,
    Endive: 3.6,
  },
  ...{
    Épinard: 4.1,
    Fenouil: 2.9,
    Fève: 3.6,
    'Haricot à écosser': 4.8,
    'Haricot vert': 6.4,
    'Laitue batavia': 0.95,
    'Laitue feuille de chêne': 0.95,
  },
  ...{
    'Laitue pommée': 0.9,
    'Laitue romaine': 1.05,
    Mâche: 9.8,
    'Maïs doux': 0.8,
    Melon: 2.6,
    Mesclun: 10.5,
    Navet: 2,
    'Navet en botte': 1.7,
  },
  ...{
    'Oignon blanc en botte': 1.6,
    'Oignon jaune': 1.75,
    'Oignon rouge': 2.3,
    'Pak choï': 1.2,
    Panais: 2.7,
    'Patate douce': 3.1,
    Pâtisson: 2.1,
  },
  ...{
    'Petit pois': 5.2,
    Poireau: 2.45,
    'Poivron rouge': 3.9,
    'Poivron vert': 3.3,
    'Pomme de terre à chair ferme': 1.51,
    'Pomme de terre à purée': 1.35,
  },
  ...{ 'Pomme de terre nouvelle': 2.4, Potimarron: 1.95, 'Radis noir': 1.9, 'Radis rose': 1.25, Rhubarbe: 3.1, Roquette: 1.3, Rutabaga: 2 },
  ...{ 'Tomate ancienne': 3.9, 'Tomate cerise': 1.8, 'Tomate ronde': 2.75, Topinambour: 2.6, Basilic: 1.1, Ciboulette: 0.9, Coriandre: 1 },
  ...{ 'Persil plat': 0.9, Fraise: 2.6, Pomme: 2.1, Poire: 2.5, 'Œufs (boîte de 6)': 1.9, Pain: 3.2, Miel: 6.4 },
};

const crews = ['Serres', 'Plein champ', 'Aromates et petits fruits'];
const underGlass =
  /^(Aubergine|Concombre|Poivron|Tomate|Laitue|Mesclun|Roquette|Épinard|Mâche|Pak choï|Radis rose|Melon|Basilic|Ail nouveau)/;
const fromOutside: [
  supplier: { name: string; contact: string; phone: string; note: string },
  names: string[],
  container: string,
  holds: number,
][] = [
  [
    { name: 'La Ferme des Trois Poules', contact: 'Solène Arnoux', phone: '06 39 98 11 20', note: 'Livre le mardi avant 9 h.' },
    ['Œufs (boîte de 6)'],
    'colis',
    30_000,
  ],
  [
    { name: 'Fournil du Vieux Four', contact: 'Rémi Castel', phone: '06 39 98 11 21', note: 'Commande la veille avant midi.' },
    ['Pain'],
    'bac',
    12_000,
  ],
  [
    { name: 'Vergers du Coteau', contact: 'Anne Weber', phone: '06 39 98 11 22', note: '' },
    ['Pomme', 'Poire', 'Mirabelle', 'Quetsche'],
    'colis',
    12_000,
  ],
  [{ name: 'Rucher des Tilleuls', contact: 'Paul Ferry', phone: '06 39 98 11 23', note: '' }, ['Miel'], 'carton', 12_000],
];

/** Who grows what, and a year of reference prices: from Monday to Monday, dearer out of season, as markets are. */
export async function growProduce(gardenId: number, seed: number, today: Day): Promise<void> {
  const actor = systemActor(gardenId);
  const { rows } = await listProduce(actor, today);
  const crewOf = (name: string, category: string) => {
    if (category === 'vegetable') return crews[underGlass.test(name) ? 0 : 1]!;
    return category === 'other' || fromOutside.some(([, names]) => names.includes(name)) ? null : crews[2]!;
  };
  const grown = rows.flatMap(({ id, name, category }) => {
    const crew = crewOf(name, category);
    return crew === null ? [] : [{ id, crew }];
  });
  const bought = fromOutside.flatMap(([{ name: supplier }, names, container, holds]) =>
    names.map((name) => ({ supplier, name, container, holds })),
  );
  const luck = chance(seed);
  const prices = rows.flatMap(({ id, name, months }) => (usual[name] ? pricesOf(id, usual[name], months, today, luck) : []));
  await inGarden(actor, async (tx) => {
    await sql`
      insert into crew (garden_id, name, position)
      select ${gardenId}::integer, name, at from unnest(${crews}::text[]) with ordinality as c(name, at)`.execute(tx);
    await sql`
      insert into supplier (garden_id, name, contact, phone, note)
      select ${gardenId}::integer, name, contact, phone, note
      from jsonb_to_recordset(${JSON.stringify(fromOutside.map(([one]) => one))}::jsonb) as s(name text, contact text, phone text, note text)`.execute(
      tx,
    );
    await sql`
      update produce p set crew_id = c.id from jsonb_to_recordset(${JSON.stringify(grown)}::jsonb) as g(id bigint, crew text) join crew c on c.name = g.crew
      where p.id = g.id`.execute(tx);
    await sql`
      update produce p set supplier_id = s.id, container = b.container, container_quantity = b.holds
      from jsonb_to_recordset(${JSON.stringify(bought)}::jsonb) as b(supplier text, name text, container text, holds integer) join supplier s on s.name = b.supplier
      where p.name = b.name`.execute(tx);
    await sql`
      insert into reference_price (garden_id, produce_id, starts_on, unit_price)
      select ${gardenId}::integer, r.id, r.day, r.price from jsonb_to_recordset(${JSON.stringify(prices)}::jsonb) as r(id bigint, day date, price integer)`.execute(
      tx,
    );
  });
}

/** Every five weeks or so since last year. The price of 5 cents is the smallest step. */
function pricesOf(
  id: number,
  euros: number,
  months: readonly number[],
  today: Day,
  luck: Chance,
): { id: number; day: Day; price: UnitPrice }[] {
  const prices: { id: number; day: Day; price: UnitPrice }[] = [];
  let day = addDays(today, 1 - weekdayOf(today) - 56 * 7);
  for (let last = 0; day < today; day = addDays(day, 7 * luck.between(4, 7))) {
    const month = Number(day.slice(5, 7));
    const scarce = months.length > 0 && !months.includes(month) ? 1.18 : 1;
    const wanted = Math.round((euros * scarce * luck.between(93, 107)) / 5) * 5;
    const price = Math.max(5, wanted) * 100;
    if (price !== last) prices.push({ id, day, price });
    last = price;
  }
  return prices;
}

/** This Monday, some prices were put right on « Prix de la semaine ». */
export async function priceThisWeek(actor: Actor, today: Day): Promise<void> {
  const monday = addDays(today, 1 - weekdayOf(today));
  const { rows } = await listProduce(actor, monday, { inSeason: true, priced: true });
  const changed = rows
    .filter((_, at) => at % 6 === 0)
    .map(({ id, unitPrice }, at) => ({ produceId: id, was: unitPrice, unitPrice: unitPrice! + (at % 2 ? 1000 : -500) }))
    .filter(({ unitPrice }) => unitPrice > 0);
  const done = await setPrices(actor, monday, changed);
  if (!done.ok) throw new Error(done.reason);
}
