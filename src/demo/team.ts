import { firstRoles } from '#platform/access/rights.ts';

/** One password for everybody in the demonstration: easy to type, and long enough for the rule. */
export const PASSWORD = 'potimarron';

const [administrator, sales, preparation, accounting] = firstRoles.map((role) => role.name) as [string, string, string, string];
export const salesRole = sales;
const HEAD_OFFICE = 'Réseau';

export type DemoPerson = { name: string; email: string; places: { garden: string | null; role: string }[] };

const person = (name: string, ...places: [garden: string | null, role: string][]): DemoPerson => ({
  name,
  email: `${name.split(' ')[0]!.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()}@exemple.test`,
  places: places.map(([garden, role]) => ({ garden, role })),
});

const [moselle, vallon, rivieres] = ['jardins-de-la-moselle', 'potager-du-vallon', 'ferme-des-trois-rivieres'];

/** Who works where: a person for each role of each garden; Sylvie keeps the books of two. `garden` null: the network's head office. */
export const team: DemoPerson[] = [
  person('Camille Aubry', [moselle!, administrator]),
  person('Nadia Benali', [moselle!, sales]),
  person('Bruno Marchal', [moselle!, preparation]),
  person('Sylvie Poncet', [moselle!, accounting], [vallon!, accounting]),
  person('Luc Faivre', [vallon!, administrator]),
  person('Zoé Imbert', [vallon!, sales]),
  person('Karim Haddad', [vallon!, preparation]),
  person('Maëlle Prigent', [rivieres!, administrator]),
  person('Yann Ollivier', [rivieres!, sales]),
  person('Awa Diallo', [rivieres!, preparation]),
  person('Gilles Hervé', [rivieres!, accounting]),
  person('Hélène Verdier', [null, HEAD_OFFICE]),
];

/** The large garden, and a subscriber of it who has a way in (account-today.ts). */
export const garden = moselle!;
export const jeanne = { firstName: 'Jeanne', lastName: 'Vautrin', email: 'jeanne@exemple.test' };
/** Who sends people to it from the town's social service (prescribers-today.ts). */
export const prescriber = { name: 'Nora Weber', email: 'prescripteur@exemple.test' };

export type SignIn = { garden: string; name: string; email: string; password: string; role: string };

/** The ways in of those who work in the gardens that were made, of a subscriber, and of who sends people. */
export function signIns(gardens: { slug: string; name: string }[]): SignIn[] {
  const names = new Map(gardens.map((garden) => [garden.slug, garden.name]));
  const atWork = team.flatMap(({ name, email, places }) =>
    places.flatMap(({ garden, role }) => {
      const where = garden === null ? 'Tout le réseau' : names.get(garden);
      return where ? [{ garden: where, name, email, password: PASSWORD, role }] : [];
    }),
  );
  const [home, { firstName, lastName, email }] = [names.get(garden), jeanne];
  const name = `${firstName} ${lastName}`;
  if (!home) return atWork;
  const outside = [
    { name, email, role: 'Abonnée' },
    { ...prescriber, role: 'Prescriptrice' },
  ];
  return [...atWork, ...outside.map((one) => ({ garden: home, password: PASSWORD, ...one }))];
}

/** The ways in, in columns. */
export function table(list: SignIn[]): string {
  const lines = [
    ['Jardin', 'Rôle', 'Personne', 'Adresse e-mail', 'Mot de passe'],
    ...list.map(({ garden, role, name, email, password }) => [garden, role, name, email, password]),
  ];
  const widths = lines[0]!.map((_, column) => Math.max(...lines.map((line) => line[column]!.length)));
  return lines
    .map(
      (line) =>
        `  ${line
          .map((cell, column) => cell.padEnd(widths[column]!))
          .join('  ')
          .trimEnd()}`,
    )
    .join('\n');
}
