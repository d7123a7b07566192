/** The faces of what customers owe. */
export const balanceTabs = (garden: string) => {
  const base = `/gestion/${garden}`;
  return [
    { href: `${base}/soldes`, label: 'Soldes' },
    { href: `${base}/soldes/anciennete`, label: 'Depuis quand' },
    { href: `${base}/rappels`, label: 'Rappels' },
    { href: `${base}/soldes/rejets`, label: 'Rejets' },
    { href: `${base}/soldes/previsions`, label: 'Prévisions' },
  ];
};
