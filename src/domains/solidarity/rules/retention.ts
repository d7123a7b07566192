/** How long what concerns a person is kept, in months, by what became of her. One list for the job that erases and for the page that says it. */
export const keptMonths = {
  /** Refused, or withdrawn by who had asked. */
  refused: 2,
  /** Waits, without any news. */
  waiting: 12,
  /** After the last day of the help: a funder may still check what it paid. */
  ended: 24,
} as const;

/** For which purpose, on which ground, and what is kept how long: what the garden states to people (GDPR, articles 13 and 30). */
export const statement = {
  purpose:
    'Proposer un panier à un prix aidé à une personne orientée vers le jardin, suivre cette aide jusqu’à son terme, et demander aux financeurs la part qu’ils prennent en charge.',
  ground:
    'L’exécution du contrat d’abonnement et de la convention d’aide, à la demande de la personne (règlement européen 2016/679, article 6.1.b). Les écritures comptables relèvent d’une obligation légale (article 6.1.c).',
  kept: [
    {
      what: 'Nom, moyen de contact, commune, nombre de personnes du foyer, caisse (CAF ou MSA), tranche ou référence, durée',
      until: `${keptMonths.ended} mois après la fin de l’aide`,
    },
    { what: 'Une orientation refusée ou retirée', until: `${keptMonths.refused} mois après la réponse` },
    { what: 'Une demande en attente, sans nouvelles', until: `${keptMonths.waiting} mois` },
    {
      what: 'Les montants pris en charge pour chaque panier, sans autre détail',
      until: 'dix ans avec la comptabilité (article L123-22 du Code de commerce)',
    },
    { what: 'Le justificatif', until: 'jamais gardé : il est vu, et la date est notée' },
  ],
  seenBy:
    'Au jardin, les seules personnes chargées des paniers solidaires : chaque consultation est notée. La personne qui a orienté ne voit que l’avancement. Les financeurs reçoivent des comptes anonymes, sans groupe de moins de cinq personnes.',
  rights:
    'La personne peut lire, corriger, emporter et faire effacer ce qui la concerne, dans « Mon compte » ou en écrivant au jardin (articles 15 à 20). En cas de désaccord : la CNIL, cnil.fr.',
} as const;
