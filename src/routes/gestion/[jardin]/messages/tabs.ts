/** The faces of messages. */
export const messageTabs = (garden: string, settings: boolean) => {
  const base = `/gestion/${garden}/messages`;
  return [
    { href: base, label: 'Envoyés' },
    { href: `${base}/groupes`, label: 'À plusieurs' },
    { href: `${base}/textes`, label: 'Textes' },
    { href: `${base}/retours`, label: 'Retours' },
    ...(settings ? [{ href: `${base}/reglages`, label: 'Réglages' }] : []),
  ];
};
