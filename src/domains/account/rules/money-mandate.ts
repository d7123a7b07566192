import { type Consent as Agreed, type Creditor, consentText, type Debtor } from '#domains/banking/rules/mandate-words.ts';

/** Who consents from « Mon compte »: seen by the server, told by nobody. */
export type Consent = Omit<Agreed, 'where'>;

/** What is kept of a mandate signed from « Mon compte », or of another account given for it: its reference, then every word that was agreed to. */
export function signedText(
  what: 'signature' | 'account',
  { creditor, debtor, reference, iban, bic }: { creditor: Creditor; debtor: Debtor; reference: string; iban: string; bic: string },
  consent: Consent,
): string {
  return [
    what === 'account' ? 'Changement de compte d’un mandat de prélèvement.' : '',
    `Référence unique du mandat (RUM) : ${reference}`,
    bic ? `BIC : ${bic}` : '',
    consentText({ creditor, debtor, iban }, { ...consent, where: 'depuis « Mon compte »' }),
  ]
    .filter(Boolean)
    .join('\n');
}
