/** The faces of accounting. */
export const accountingTabs = (garden: string) => {
  const base = `/gestion/${garden}/comptabilite`;
  return [
    { href: base, label: 'Écritures' },
    { href: `${base}/comptes`, label: 'Comptes' },
    { href: `${base}/ventes`, label: 'Ventes' },
    { href: `${base}/tva`, label: 'TVA' },
    { href: `${base}/exports`, label: 'Exports' },
    { href: `${base}/clotures`, label: 'Clôtures' },
    { href: `${base}/caisse`, label: 'Caisse' },
  ];
};
