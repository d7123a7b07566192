/** The faces of billing: what is to bill and what was, kinds of membership, containers, balances brought over. */
export const billingTabs = (garden: string) => {
  const base = `/gestion/${garden}`;
  return [
    { href: `${base}/facturation`, label: 'Facturer' },
    { href: `${base}/adhesions`, label: 'Adhésions' },
    { href: `${base}/contenants`, label: 'Contenants' },
    { href: `${base}/soldes-repris`, label: 'Soldes repris' },
  ];
};
