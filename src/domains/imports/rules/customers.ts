import { isValidBIC, ValidationErrorsIBAN, validateIBAN } from 'ibantools';
import type { Table } from '#kernel/table.ts';
import { type Cells, checkPeriod, readLines } from './cells.ts';
import { readAddress } from './logistics.ts';
import type { ImportedCustomer, Mapping, PaymentMethod, Read } from './model.ts';
import { isEmail } from './parse.ts';
import { withoutRepeats } from './repeats.ts';
import { fold } from './words.ts';

export function readCustomers(table: Table, mapping: Mapping): Read<ImportedCustomer> {
  const read = readLines('customers', table, mapping, (cells): ImportedCustomer => {
    const [civility, category] = [cells.text('civility'), cells.text('category')];
    return {
      number: cells.text('number'),
      civility,
      lastName: cells.text('lastName'),
      firstName: cells.text('firstName'),
      kind: organisation.test(fold(`${civility} ${category}`)) ? 'organisation' : 'person',
      ...readAddress(cells),
      email: cells.value('email', (text) => (isEmail(text) ? text : null), 'ce n’est pas une adresse de courriel') ?? '',
      category,
      membership: readMembership(cells),
      volunteer: cells.value('volunteer', toVolunteer, 'oui, non ou pourquoi pas attendu'),
      balanceCents: cells.cents('balance', 'signed') ?? 0,
      paymentMethod: cells.value('paymentMethod', toPaymentMethod, 'prélèvement, chèque, virement, espèces, carte ou bon attendu'),
      mandate: readMandate(cells),
    };
  });
  return withoutRepeats('customers', read);
}

const organisation =
  /\b(entreprises?|societes?|ste|sarl|sas|earl|gaec|associations?|asso|collectivites?|professionnels?|restaurants?|restauration|cantines?|ecoles?|mairies?|organismes?|structures?|cse|comites?|ets|etablissements?)\b/;

function readMembership(cells: Cells): ImportedCustomer['membership'] {
  const [startsOn, endsOn, amount] = [cells.day('membershipStart'), cells.day('membershipEnd'), cells.cents('membershipAmount')];
  const blank = (key: string) => cells.raw(key).trim() === '';
  if (blank('membershipStart') && blank('membershipEnd') && !amount) return null;
  if (blank('membershipStart')) return cells.fault('membershipStart', 'date manquante');
  if (blank('membershipEnd')) return cells.fault('membershipEnd', 'date manquante');
  checkPeriod(cells, startsOn, 'membershipEnd', endsOn);
  return startsOn && endsOn ? { startsOn, endsOn, amountCents: amount ?? 0 } : null;
}

/** A mandate is whole or not at all: account, reference and date of signature together. The BIC may be missing. */
function readMandate(cells: Cells): ImportedCustomer['mandate'] {
  const blank = (key: string) => cells.raw(key).trim() === '';
  const keys = ['iban', 'mandateReference', 'mandateSignedOn'];
  if (keys.every(blank) && blank('bic')) return null;
  for (const key of keys.filter(blank)) cells.fault(key, 'valeur manquante pour un mandat de prélèvement');
  const iban = readIban(cells);
  const bic = cells.value('bic', toBic, 'ce n’est pas un BIC (8 ou 11 lettres et chiffres)') ?? '';
  const signedOn = cells.day('mandateSignedOn');
  const reference = cells.raw('mandateReference');
  if (reference.length > 35) cells.fault('mandateReference', '35 signes au plus');
  return iban && signedOn ? { iban, bic, reference, signedOn } : null;
}

const compact = (text: string) => text.replace(/[\s.-]/g, '').toUpperCase();
const toBic = (text: string) => (isValidBIC(compact(text)) ? compact(text) : null);

function readIban(cells: Cells): string | null {
  const iban = compact(cells.raw('iban'));
  const { valid, errorCodes } = validateIBAN(iban);
  if (iban === '' || valid) return iban || null;
  const sums = [ValidationErrorsIBAN.WrongIBANChecksum, ValidationErrorsIBAN.WrongAccountBankBranchChecksum];
  const onlySums = errorCodes.every((code) => sums.includes(code));
  return cells.fault(
    'iban',
    onlySums ? 'les chiffres de contrôle sont faux, vérifiez-le sur le RIB' : 'ce n’est pas un IBAN, recopiez-le du RIB',
  );
}

function toVolunteer(text: string): ImportedCustomer['volunteer'] {
  const word = fold(text);
  if (/^(oui|o|x|1|vrai)$/.test(word)) return 'yes';
  if (/^(non|n|0|faux)$/.test(word)) return 'no';
  return /^(pourquoi pas|peut etre|a voir|eventuel|parfois|occasionnel)/.test(word) ? 'maybe' : null;
}

const methods: [PaymentMethod, RegExp][] = [
  ['direct_debit', /^(prel|prlv|sepa)/],
  ['transfer', /^vir/],
  ['voucher', /^(bons?|tickets?|titres?|monnaie|cheques? (vacances|dejeuner|restaurant|cadeau|service))\b/],
  ['cheque', /^(cheque|chq|chk)/],
  ['cash', /^(espece|liquide|numeraire|esp)/],
  ['card', /^(carte|cb|tpe|en ligne|paiement en ligne)/],
];

const toPaymentMethod = (text: string): PaymentMethod | null => methods.find(([, pattern]) => pattern.test(fold(text)))?.[0] ?? null;
