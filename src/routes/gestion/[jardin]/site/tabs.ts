/** The faces of a garden's public pages, in its back office: short names, that they stand on one line. */
export const siteTabs = (garden: string) => {
  const base = `/gestion/${garden}/site`;
  return [
    { href: base, label: 'L’essentiel' },
    { href: `${base}/textes`, label: 'Textes' },
    { href: `${base}/photos`, label: 'Photos' },
    { href: `${base}/actualites`, label: 'Actualités' },
    { href: `${base}/carte`, label: 'Carte du réseau' },
    { href: `${base}/integrer`, label: 'Intégrer' },
    { href: `${base}/recus`, label: 'Reçus' },
    { href: `${base}/adresse`, label: 'Adresse' },
  ];
};
