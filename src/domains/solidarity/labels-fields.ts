/** How errors call the fields of a referral. */
export const helpFields = { duree: 'Durée', justificatif: 'Justificatif', vuLe: 'Vu le', accord: 'Accord de la personne' };
export const referralFields = {
  ...{ prenom: 'Prénom', nom: 'Nom', telephone: 'Téléphone', email: 'Adresse e-mail', commune: 'Commune', foyer: 'Personnes au foyer' },
  ...{ caisse: 'Caisse', reference: 'Référence', prescripteur: 'Orientée par', ...helpFields },
};
