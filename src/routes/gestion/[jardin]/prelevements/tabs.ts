export const debitTabs = (slug: string) => {
  const base = `/gestion/${slug}`;
  return [
    { href: `${base}/prelevements`, label: 'Prélèvements' },
    { href: `${base}/prelevements/mandats`, label: 'Mandats' },
    { href: `${base}/prelevements/remboursements`, label: 'Remboursements' },
  ];
};
