/** What a customer owes, or is given, beside the baskets. */
export const chargeKinds = [
  'membership',
  'container_fee',
  'deposit',
  'deposit_back',
  'delivery_fee',
  'extra',
  'discount',
  'rejection_fee',
  'gift',
  'other',
] as const;
export type ChargeKind = (typeof chargeKinds)[number];

/** Those that people add by hand; the others come from a membership, a container or a rejection. */
export const kindsByHand = ['extra', 'discount', 'delivery_fee', 'container_fee', 'deposit', 'deposit_back', 'other'] as const;

type Nature = {
  /** Where it goes when nothing else is said: number of an account, code of an activity. */
  account: string;
  activity: string;
  /** −1: the garden gives it. */
  sign: 1 | -1;
  /** Nobody's sale, so without VAT: a membership (CGI, art. 261, 4, 9°), a deposit (BOI-TVA-BASE-10-20-10), a compensation, a gift. */
  vat: boolean;
};

/** How each kind of charge goes into the books. A discount lowers the sale; deposits are a debt towards the customer until they come back. */
export const natureOf: Record<ChargeKind, Nature> = {
  membership: { account: '756000', activity: 'ASS', sign: 1, vat: false },
  container_fee: { account: '708800', activity: 'MAR', sign: 1, vat: true },
  deposit: { account: '419600', activity: 'MAR', sign: 1, vat: false },
  deposit_back: { account: '419600', activity: 'MAR', sign: -1, vat: false },
  delivery_fee: { account: '708500', activity: 'MAR', sign: 1, vat: true },
  extra: { account: '701000', activity: 'MAR', sign: 1, vat: true },
  discount: { account: '709000', activity: 'MAR', sign: -1, vat: true },
  rejection_fee: { account: '758000', activity: 'MAR', sign: 1, vat: false },
  // It pays for nothing, so that no VAT is on it (CGI, art. 256).
  gift: { account: '754100', activity: 'ASS', sign: 1, vat: false },
  other: { account: '758000', activity: 'MAR', sign: 1, vat: true },
};
