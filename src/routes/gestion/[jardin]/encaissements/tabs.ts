/** The faces of what is received. */
export const paymentTabs = (garden: string) => {
  const base = `/gestion/${garden}`;
  return [
    { href: `${base}/encaissements`, label: 'Encaissements' },
    { href: `${base}/remises`, label: 'Remises en banque' },
    { href: `${base}/marches`, label: 'Marchés' },
    { href: `${base}/encaissements/moyens`, label: 'Moyens de paiement' },
  ];
};
