/** What customers ask of the garden from their account. */
export const requestTabs = (base: string) => [
  { href: `${base}/demandes`, label: 'Paniers' },
  { href: `${base}/demandes/benevoles`, label: 'Coups de main' },
  { href: `${base}/demandes/donnees`, label: 'Arrêts et données' },
];
