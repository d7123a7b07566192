/** The faces of solidarity: what is agreed, who is helped, whom it is asked from, what came of it. */
export const solidarityTabs = (garden: string) => {
  const base = `/gestion/${garden}/solidarite`;
  return [
    { href: base, label: 'Programmes' },
    {
      href: `${base}/orientations`,
      label: 'Personnes',
      under: [
        { href: `${base}/orientations`, label: 'Orientations' },
        { href: `${base}/personnes`, label: 'Parcours' },
        { href: `${base}/prescripteurs`, label: 'Prescripteurs' },
      ],
    },
    {
      href: `${base}/demandes-de-paiement`,
      label: 'Argent',
      under: [
        { href: `${base}/demandes-de-paiement`, label: 'Demandes de paiement' },
        { href: `${base}/financeurs`, label: 'Financeurs' },
      ],
    },
    { href: `${base}/bilan`, label: 'Bilan' },
  ];
};
