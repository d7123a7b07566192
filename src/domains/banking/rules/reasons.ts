/**
 * Why a debit came back, as banks code it (ISO 20022 external codes that SEPA uses), in words people understand, and what to do. `fee`: the customer's
 * side is the cause, so that a garden which asks for its costs may do it.
 */
export type Reason = { code: string; says: string; advice: string; fee: boolean };

const account = 'Demandez un nouveau RIB au client, puis changez le compte sur son mandat.';
const mandate = 'Vérifiez le mandat avec le client ; il faut peut-être en signer un nouveau.';
const funds = 'Convenez avec le client d’un autre jour ou d’un autre moyen de régler.';
const ours = 'Demandez à la banque du jardin ce qu’il faut corriger dans le fichier.';
const talk = 'Appelez le client pour comprendre, avant de prélever à nouveau.';

const reasons: Reason[] = [
  { code: 'AC01', says: 'le numéro de compte est faux', advice: account, fee: true },
  { code: 'AC04', says: 'le compte est clos', advice: account, fee: true },
  { code: 'AC06', says: 'le compte est bloqué', advice: talk, fee: true },
  { code: 'AC13', says: 'ce compte n’est pas celui d’un particulier', advice: mandate, fee: false },
  { code: 'AG01', says: 'ce compte ne peut pas être prélevé', advice: account, fee: true },
  { code: 'AG02', says: 'le code de l’opération est faux', advice: ours, fee: false },
  { code: 'AM04', says: 'le compte n’a pas assez d’argent', advice: funds, fee: true },
  { code: 'AM05', says: 'la banque a vu deux fois le même prélèvement', advice: ours, fee: false },
  { code: 'BE05', says: 'l’identifiant du jardin (ICS) n’est pas reconnu', advice: ours, fee: false },
  { code: 'CNOR', says: 'la banque du jardin n’est pas joignable', advice: ours, fee: false },
  { code: 'DNOR', says: 'la banque du client n’est pas joignable', advice: account, fee: false },
  { code: 'DT01', says: 'la date est fausse', advice: ours, fee: false },
  { code: 'ED05', says: 'le règlement entre banques a échoué', advice: ours, fee: false },
  { code: 'FF01', says: 'le fichier n’a pas la bonne forme', advice: ours, fee: false },
  { code: 'FF05', says: 'le type de prélèvement est faux', advice: ours, fee: false },
  { code: 'MD01', says: 'la banque ne trouve pas de mandat, ou le client conteste l’avoir signé', advice: mandate, fee: false },
  { code: 'MD02', says: 'il manque des informations du mandat', advice: mandate, fee: false },
  { code: 'MD06', says: 'le client a demandé le remboursement à sa banque', advice: talk, fee: true },
  { code: 'MD07', says: 'le client est décédé', advice: 'Terminez le mandat et prenez contact avec la famille, avec tact.', fee: false },
  { code: 'MS02', says: 'le client a refusé ce prélèvement', advice: talk, fee: true },
  { code: 'MS03', says: 'la banque n’a pas dit pourquoi', advice: talk, fee: true },
  { code: 'RC01', says: 'le BIC de la banque est faux', advice: account, fee: false },
  { code: 'RR01', says: 'une règle empêche la banque d’accepter (compte ou identité du client)', advice: talk, fee: false },
  { code: 'RR02', says: 'une règle empêche la banque d’accepter (nom ou adresse du client)', advice: talk, fee: false },
  { code: 'RR03', says: 'une règle empêche la banque d’accepter (nom ou adresse du jardin)', advice: ours, fee: false },
  { code: 'RR04', says: 'une règle empêche la banque d’accepter', advice: talk, fee: false },
  { code: 'SL01', says: 'le client a demandé à sa banque de bloquer ces prélèvements', advice: talk, fee: true },
  { code: 'TM01', says: 'le fichier est arrivé trop tard', advice: ours, fee: false },
];

const byCode = new Map(reasons.map((reason) => [reason.code, reason]));

/** A code that nobody knows is said as it is. */
export const reasonOf = (code: string): Reason =>
  byCode.get(code.toUpperCase()) ?? {
    code,
    says: code ? `motif « ${code} » de la banque` : 'la banque n’a pas dit pourquoi',
    advice: talk,
    fee: false,
  };

/** Those to choose from when a person notes a rejection, the most usual first. */
const usual = ['AM04', 'AC04', 'AC01', 'MD01', 'MD06', 'MS02', 'AC06', 'MS03'];
export const reasonChoices: Reason[] = [...usual.map((code) => byCode.get(code)!), ...reasons.filter(({ code }) => !usual.includes(code))];
