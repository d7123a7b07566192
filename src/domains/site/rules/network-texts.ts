/** What the network's own pages say: each text has one of the house to begin with. Bodies are Markdown, but for the title and the lead. */

export const networkTextKeys = ['title', 'lead', 'project', 'how', 'legal'] as const;
export type NetworkTextKey = (typeof networkTextKeys)[number];
export type NetworkTexts = Record<NetworkTextKey, string>;

/** Longest text that is taken, in signs. */
export const longestNetworkText: Record<NetworkTextKey, number> = { title: 90, lead: 300, project: 6000, how: 4000, legal: 8000 };

const house: NetworkTexts = {
  title: 'Des légumes bio, cueillis près de chez vous',
  lead: 'Chaque semaine, un panier de saison cultivé par des personnes qui reprennent le chemin de l’emploi. Trouvez le jardin et le point de dépôt les plus proches.',
  project: `Nos jardins cultivent des légumes biologiques et **donnent du travail** à des personnes qui en étaient éloignées. Elles signent un vrai contrat, apprennent \
un métier de la terre, de la préparation à la livraison, et sont accompagnées vers la suite : un logement, un permis, une formation, un emploi.

Chaque jardin est une association ou une entreprise solidaire de son territoire. Il fixe ses prix, choisit ses légumes et connaît ses abonnés. Ensemble, ils forment un \
réseau qui partage ses savoirs, ses recettes et ses outils.`,
  how: `1. **Choisissez un jardin** et le point de dépôt qui vous arrange : sur le chemin du travail, de l’école ou du marché.
2. **Abonnez-vous** à un panier, à votre taille et à votre rythme. Les dates et le total sont écrits avant que vous ne vous engagiez.
3. **Venez chercher votre panier** chaque semaine, et cuisinez : son contenu est annoncé quelques jours avant, avec des idées de recettes.`,
  legal: '',
};

/** What the pages say: the network's own words where it wrote some. */
export const networkTextsOf = (own: Partial<Record<string, string>>): NetworkTexts => ({
  ...house,
  ...Object.fromEntries(networkTextKeys.flatMap((key) => (own[key] ? [[key, own[key]]] : []))),
});

/** What is kept of what was typed: the texts that are not those of the house. */
export const ownNetworkTexts = (typed: NetworkTexts): Partial<NetworkTexts> =>
  Object.fromEntries(networkTextKeys.flatMap((key) => (typed[key] && typed[key] !== house[key] ? [[key, typed[key]]] : [])));
