import {
  electronicFormatIBAN,
  friendlyFormatIBAN,
  isSEPACountry,
  isValidBIC,
  isValidIBAN,
  ValidationErrorsIBAN,
  validateIBAN,
} from 'ibantools';

/** « fr76 3000… » → FR763000…; what is not one stays as it was typed, without spaces. */
export const bareIban = (text: string): string => electronicFormatIBAN(text) ?? text;
/** « FR76 3000 6000 … » */
export const sayIban = (iban: string): string => friendlyFormatIBAN(iban) ?? iban;

/** Why an account cannot be debited or paid to, in French; null when it can. Keys of the country and mod 97 (ISO 13616) are both checked. */
export function whyNotIban(iban: string): string | null {
  if (iban === '') return 'L’IBAN manque.';
  if (isValidIBAN(iban)) return isSEPACountry(iban.slice(0, 2)) ? null : 'Ce pays est hors de la zone SEPA.';
  const { errorCodes } = validateIBAN(iban);
  const sums = [ValidationErrorsIBAN.WrongIBANChecksum, ValidationErrorsIBAN.WrongAccountBankBranchChecksum];
  return errorCodes.every((code) => sums.includes(code))
    ? 'Un chiffre de l’IBAN est faux : ses chiffres de contrôle ne tombent pas juste. Recopiez-le du RIB.'
    : 'Ce n’est pas un IBAN complet : recopiez-le du RIB (en France, FR puis 25 chiffres ou lettres).';
}

/** A BIC may be left out: banks find each other by the IBAN. */
export const whyNotBic = (bic: string): string | null =>
  bic === '' || isValidBIC(bic) ? null : 'Ce n’est pas un BIC (8 ou 11 signes). Il peut rester vide.';

/** The bank of a French account, by its five figures; of another country, the four signs after the key: enough to know whether a bank changed. */
export const bankOf = (iban: string): string => iban.slice(0, 2) + (iban.startsWith('FR') ? iban.slice(4, 9) : iban.slice(4, 8));

const asDigits = (text: string) => text.replace(/[A-Z]/g, (letter) => String(letter.charCodeAt(0) - 55));
const modulo97 = (digits: string): number => [...digits].reduce((rest, digit) => (rest * 10 + Number(digit)) % 97, 0);

/**
 * Why a creditor identifier (ICS) is wrong, or null: country, two check figures, three signs of the creditor's choice that are not checked, and what the
 * Banque de France gave (EPC262-08: ISO 7064 mod 97-10 without the three signs). In French: FR + 2 + 3 + 6.
 */
export function whyNotCreditor(text: string): string | null {
  if (text === '') return 'L’identifiant créancier (ICS) manque : il est donné par la Banque de France, votre banque le connaît.';
  if (!/^[A-Z]{2}\d{2}[A-Z0-9]{3}[A-Z0-9]{1,28}$/.test(text) || (text.startsWith('FR') && text.length !== 13))
    return 'Un ICS français a 13 signes : FR, deux chiffres, trois signes (souvent ZZZ), six signes.';
  return modulo97(asDigits(text.slice(7) + text.slice(0, 4))) === 1
    ? null
    : 'Un chiffre de l’ICS est faux : ses chiffres de contrôle ne tombent pas juste.';
}

/** Its last four signs: enough to recognise an account, not to use it. « •••• 0189 » */
export const maskAccount = (iban: string): string => `•••• ${iban.slice(-4)}`;
