import type { Table } from '#kernel/table.ts';
import { checkPeriod, readLines } from './cells.ts';
import { readWeek } from './logistics.ts';
import type { Context, ImportedRequest, ImportedSubscription, Mapping, Read } from './model.ts';
import { toWhole } from './parse.ts';
import { withoutRepeats } from './repeats.ts';
import { fold } from './words.ts';

type Billing = Pick<ImportedSubscription, 'billingMode' | 'billingCount'>;

export function readSubscriptions(table: Table, mapping: Mapping): Read<ImportedSubscription> {
  const read = readLines('subscriptions', table, mapping, (cells): ImportedSubscription => {
    const [startsOn, endsOn] = [cells.day('start'), cells.day('end')];
    checkPeriod(cells, startsOn, 'end', endsOn);
    return {
      customerNumber: cells.text('customerNumber'),
      productName: cells.text('productName'),
      frequency: cells.value('frequency', toFrequency, frequencyWanted(cells.raw('frequency'))) ?? 'weekly',
      quantity: cells.value('quantity', toQuantity, 'nombre entier d’au moins 1 attendu') ?? 1,
      depotNumber: cells.text('depotNumber'),
      startsOn: startsOn ?? '',
      endsOn: endsOn ?? '',
      priceCents: cells.cents('price'),
      ...(cells.value('billing', toBilling, 'à terme échu, mensualités fixes, prépaiement ou carnet attendu') ?? {
        billingMode: 'arrears',
        billingCount: null,
      }),
    };
  });
  return withoutRepeats('subscriptions', read);
}

const toQuantity = (text: string) => {
  const whole = toWhole(text);
  return whole !== null && whole >= 1 ? whole : null;
};

function toFrequency(text: string): ImportedSubscription['frequency'] | null {
  const word = fold(text);
  if (/\bimpaire?s?\b/.test(word)) return 'odd_weeks';
  if (/\bpaire?s?\b/.test(word)) return 'even_weeks';
  if (/^(hebdo|(toutes les|chaque|par|1 par) semaines?$|tous les 7 jours$|(1|une) (fois )?par semaine$)/.test(word)) return 'weekly';
  return /^(1 ?(re|ere|er)|premiere) semaine( du| de chaque)? mois$|^(mensuel(le)?|(1|une) fois par mois|tous les mois|chaque mois)$/.test(
    word,
  )
    ? 'first_of_month'
    : null;
}

/** Fortnights are even or odd weeks, and only the garden knows which. */
const frequencyWanted = (text: string): string =>
  /^(tous les (15|14) jours|quinzaine|bimensuel|(1|une) semaine sur (2|deux)|toutes les (2|deux) semaines)/.test(fold(text))
    ? 'précisez « semaines paires » ou « semaines impaires »'
    : 'hebdomadaire, semaines paires, semaines impaires ou 1re semaine du mois attendu';

const modes: [Billing['billingMode'], RegExp][] = [
  ['pack', /\bcarnets?\b/],
  ['prepaid', /\b(prepaiements?|prepayes?|prepaye|avance|comptant)\b/],
  ['instalments', /\b(mensualites?|mensualise|echeances?|fois|versements?)\b/],
  ['arrears', /\b(echu|mois|facture|facturation|mensuel|mensuelle|consomme|apres livraison)\b/],
];

/** « carnet de 12 » → pack of 12, « mensualités fixes » → instalments, « en 10 fois » → 10 instalments. */
function toBilling(text: string): Billing | null {
  const word = fold(text);
  const billingMode = modes.find(([, pattern]) => pattern.test(word))?.[0];
  const count = Number(/\d+/.exec(word)?.[0] ?? 0);
  return billingMode ? { billingMode, billingCount: billingMode !== 'arrears' && count > 0 ? count : null } : null;
}

function toRequestKind(text: string): ImportedRequest['kind'] | null {
  const word = fold(text);
  if (/^(annul|absen|suppr|pas de panier|sans panier)/.test(word)) return 'cancel';
  return /^(report|decal|deplac)/.test(word) ? 'postpone' : null;
}

export function readRequests(table: Table, mapping: Mapping, context: Context): Read<ImportedRequest> {
  const read = readLines('requests', table, mapping, (cells): ImportedRequest => {
    const week = readWeek(cells, 'week', context.year);
    const toWeek = readWeek(cells, 'toWeek', context.year);
    const moved = cells.raw('toWeek').trim() !== '';
    // Without a column that says so, a line with another week is a postponement.
    const kind = cells.value('kind', toRequestKind, 'annulation ou report attendu') ?? (moved ? 'postpone' : 'cancel');
    const said = cells.raw('kind').trim() !== '' && toRequestKind(cells.raw('kind').trim());
    if (said === 'postpone' && !moved) cells.fault('toWeek', 'valeur manquante pour un report');
    if (said === 'cancel' && moved) cells.fault('toWeek', 'doit être vide pour une annulation');
    if (week !== null && week === toWeek) cells.fault('toWeek', 'le report doit aller vers une autre semaine');
    return { customerNumber: cells.text('customerNumber'), productName: cells.text('productName'), week: week ?? 1, kind, toWeek };
  });
  return withoutRepeats('requests', read);
}
