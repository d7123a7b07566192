/** The four faces of the Mercuriale; prices of the week for those who may write them. */
export const mercurialeTabs = (garden: string, mayChange: boolean) => {
  const base = `/gestion/${garden}`;
  return [
    { href: `${base}/produits`, label: 'Produits' },
    ...(mayChange ? [{ href: `${base}/produits/prix`, label: 'Prix de la semaine' }] : []),
    { href: `${base}/fournisseurs`, label: 'Fournisseurs' },
    { href: `${base}/equipes-de-culture`, label: 'Équipes de culture' },
  ];
};
