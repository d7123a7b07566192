/** The faces of giving. */
export const givingTabs = (garden: string) => {
  const base = `/gestion/${garden}/dons`;
  return [
    { href: base, label: 'Dons' },
    { href: `${base}/collectes`, label: 'Collectes' },
    { href: `${base}/organisations`, label: 'Paniers donnés' },
    { href: `${base}/recus`, label: 'Reçus fiscaux' },
    { href: `${base}/fin-d-annee`, label: 'Fonds dédiés' },
  ];
};
