/** The faces of the bank. */
export const bankTabs = (garden: string, waiting?: number) => {
  const base = `/gestion/${garden}/banque`;
  return [
    { href: base, label: 'À traiter', ...(waiting && { count: waiting }) },
    { href: `${base}/lignes`, label: 'Toutes les lignes' },
    { href: `${base}/fichiers`, label: 'Fichiers lus' },
    { href: `${base}/comptes`, label: 'Comptes bancaires' },
  ];
};
