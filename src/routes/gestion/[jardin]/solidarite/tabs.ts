/** The faces of solidarity. */
export const solidarityTabs = (garden: string) => {
  const base = `/gestion/${garden}/solidarite`;
  return [
    { href: base, label: 'Vue d’ensemble' },
    { href: `${base}/orientations`, label: 'Orientations' },
    { href: `${base}/personnes`, label: 'Personnes' },
    { href: `${base}/financeurs`, label: 'Financeurs' },
    { href: `${base}/demandes-de-paiement`, label: 'Demandes de paiement' },
    { href: `${base}/prescripteurs`, label: 'Prescripteurs' },
    { href: `${base}/bilan`, label: 'Bilan' },
  ];
};
