/** What a mandate says when it is agreed to online: kept word for word, with who agreed, when and from where. */

export type Creditor = { name: string; identifier: string; address: string };
export type Debtor = { name: string; address: string };
/** Who consents, as the server saw it. `at`: « 22/11/2026 à 14:05:12 (heure de Paris) »; `where`: « depuis la page d’inscription ». */
export type Consent = { person: string; email: string; where: string; at: string; address: string; agent: string };

/** The words of a SEPA Core mandate (rulebook EPC016-06, annex VII), which stand before whoever signs. One paragraph each. */
export const mandateWords = ({ name }: Pick<Creditor, 'name'>): string[] => [
  `En signant ce mandat, vous autorisez ${name} à envoyer des instructions à votre banque pour débiter votre compte, et votre banque à débiter votre compte conformément aux instructions de ${name}.`,
  'Vous bénéficiez du droit d’être remboursé par votre banque, selon les conditions décrites dans la convention que vous avez passée avec elle. Une demande de remboursement doit être présentée dans les huit semaines qui suivent la date du débit, pour un prélèvement autorisé.',
];

/** What is kept of a consent: who owes to whom, on what account, the words that were shown, and how they were agreed to. */
export const consentText = ({ creditor, debtor, iban }: { creditor: Creditor; debtor: Debtor; iban: string }, consent: Consent): string =>
  [
    'Mandat de prélèvement SEPA (prélèvements récurrents)',
    `Créancier : ${[creditor.name, creditor.address].filter(Boolean).join(', ')}`,
    `Identifiant du créancier (ICS) : ${creditor.identifier}`,
    `Débiteur : ${[debtor.name, debtor.address].filter(Boolean).join(', ')}`,
    `IBAN : ${iban}`,
    ...mandateWords(creditor),
    `Accepté en ligne, ${consent.where}, case cochée, par ${consent.person} <${consent.email}>, le ${consent.at}.`,
    `Adresse réseau : ${consent.address}. Navigateur : ${consent.agent || 'inconnu'}.`,
  ].join('\n');
