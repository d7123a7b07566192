import type { Day } from '#kernel/day.ts';

/** What the law wants written on an invoice, as data with the days between which it holds: a document keeps those of its own day (letterhead). */
type Mention = {
  /** Everybody's invoices, or those of organisations alone. */
  on: 'everybody' | 'organisations';
  /** Only of a garden that is not liable for VAT, for that reason. */
  vat?: '293B' | '261-7';
  /** Its first and its last day; absent: since ever, until further notice. */
  from?: Day;
  until?: Day;
  text: string;
};

const mentions: Mention[] = [
  // Article 293 E du CGI: who does not charge VAT says so on each invoice.
  { on: 'everybody', vat: '293B', text: 'TVA non applicable, art. 293 B du CGI.' },
  // Article 242 nonies A, I-12° de l’annexe II du CGI: an exemption is named.
  { on: 'everybody', vat: '261-7', text: 'Exonération de TVA, art. 261, 7-1° du CGI.' },
  // Article L441-9 du code de commerce: discount, penalties; article D441-5: the fixed sum, between professionals alone.
  { on: 'everybody', text: 'Pas d’escompte pour paiement anticipé.' },
  {
    on: 'organisations',
    from: '2013-01-01',
    text: 'En cas de retard : pénalités au taux de trois fois l’intérêt légal, et indemnité forfaitaire de recouvrement de 40 €.',
  },
];

export type Mentions = { everybody: string[]; organisations: string[] };

/** Mentions of a document of that day, issued by a garden liable for VAT or not. */
export function mentionsOn(day: Day, garden: { vatLiable: boolean; vatReason: '293B' | '261-7' }): Mentions {
  const held = mentions.filter(
    ({ from, until, vat }) =>
      (!from || from <= day) && (!until || day <= until) && (!vat || (!garden.vatLiable && vat === garden.vatReason)),
  );
  const of = (on: Mention['on']) => held.filter((mention) => mention.on === on).map(({ text }) => text);
  return { everybody: of('everybody'), organisations: of('organisations') };
}
