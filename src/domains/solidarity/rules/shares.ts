import { type Cents, formatEuros, share } from '#kernel/money.ts';

/**
 * Who pays what of one basket: the person first, then funders in order. Whatever the rule and the rounding, shares add up to the public price, to the cent
 * (laws in shares.test.ts).
 */

/** The most a person may pay: 30 % of the public price (rules of the network's programme of solidarity baskets). */
export const mostOfPerson = 3000;

/** An amount that is never above a part of the public price; without an amount, that part. In cents and hundredths of a percent. */
export type PersonRule = { cents: Cents | null; basisPoints: number };

export type Affiliation = '' | 'caf' | 'msa';
/** A part that somebody pays: so much, a part of the public price, or what is left (in equal parts among those who take it). */
export type ShareRule = {
  funder: number;
  kind: 'amount' | 'percent' | 'remainder';
  cents: Cents | null;
  basisPoints: number | null;
  /** Of whom: those of this fund, of this commune. Empty: everybody. */
  affiliation: Affiliation;
  place: string;
};
export type PersonFacts = { affiliation: Affiliation; place: string };

export type Part = { funder: number; cents: Cents };
export type Split = { person: Cents; parts: Part[]; left: Cents };

/** What the person pays of a price. The same as `own_price` in SQL (0037): a test of the store holds both together. */
export const personPart = (price: Cents, { cents, basisPoints }: PersonRule): Cents =>
  Math.min(price, cents ?? price, Math.floor((price * basisPoints) / 10_000));

const plain = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').trim().toLowerCase();

/** The rules that hold for a person, in order. Where one names her fund or her commune, those of other funds and communes do not hold. */
export const rulesFor = (rules: readonly ShareRule[], { affiliation, place }: PersonFacts): ShareRule[] =>
  rules.filter(
    (rule) => (rule.affiliation === '' || rule.affiliation === affiliation) && (rule.place === '' || plain(rule.place) === plain(place)),
  );

/**
 * The shares of one basket at a public price. What rules ask beyond what is left is not paid; what nobody takes is `left`: such a programme is refused
 * (`whyNotShares`), or somebody decides. One funder comes once.
 */
export function split(price: Cents, person: PersonRule, rules: readonly ShareRule[]): Split {
  const own = personPart(price, person);
  let left = price - own;
  const paid = new Map<number, Cents>();
  const pay = (funder: number, cents: Cents) => {
    left -= cents;
    if (cents > 0) paid.set(funder, (paid.get(funder) ?? 0) + cents);
  };
  for (const { funder, kind, cents, basisPoints } of rules)
    if (kind !== 'remainder')
      pay(funder, Math.min(left, kind === 'amount' ? (cents ?? 0) : Math.floor((price * (basisPoints ?? 0)) / 10_000)));
  const all = rules.filter(({ kind }) => kind === 'remainder');
  // Who takes what is left for her fund or her commune comes before who takes it for everybody.
  const named = all.filter(({ affiliation, place }) => affiliation !== '' || place !== '');
  const takers = named.length > 0 ? named : all;
  if (takers.length > 0) {
    const parts = share(
      left,
      takers.map(() => 1),
    );
    takers.forEach(({ funder }, index) => {
      pay(funder, parts[index]!);
    });
  }
  return { person: own, parts: [...paid].map(([funder, cents]) => ({ funder, cents })), left };
}

/** Why a programme cannot be what it says, by field; null when every basket of it is paid whole, for whoever may come. Prices in cents: those of its plans. */
export function whyNotShares(
  person: PersonRule,
  rules: readonly ShareRule[],
  prices: readonly Cents[],
): { field: 'person' | 'shares'; reason: string } | null {
  if (person.basisPoints > mostOfPerson)
    return { field: 'person', reason: 'La personne ne paie jamais plus de 30 % du prix public : baissez sa part.' };
  const dear = prices.filter((price) => person.cents !== null && person.cents > Math.floor((price * mostOfPerson) / 10_000));
  if (dear.length > 0) {
    const least = Math.min(...dear);
    const most = formatEuros(Math.floor((least * mostOfPerson) / 10_000));
    return {
      field: 'person',
      reason: `Plus de 30 % d’un panier à ${formatEuros(least)} : pour lui, ${most} au plus. Baissez le montant, ou ne cochez que les formules qui coûtent assez.`,
    };
  }
  const places = ['', ...new Set(rules.map(({ place }) => place).filter((place) => place !== ''))];
  for (const affiliation of ['caf', 'msa', ''] as const)
    for (const place of places) {
      const own = rulesFor(rules, { affiliation, place });
      if (own.length === 0 || prices.some((price) => split(price, person, own).left > 0)) {
        const whom = [affiliation === '' ? 'sans caisse connue' : affiliation.toUpperCase(), place && `habitant ${place}`]
          .filter(Boolean)
          .join(', ');
        return { field: 'shares', reason: `Pour une personne ${whom}, les parts ne font pas le prix entier : ajoutez qui paie le reste.` };
      }
    }
  return null;
}
