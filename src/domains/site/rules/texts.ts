/** What a garden's public pages say: texts that it may rewrite, each with one of the house to begin with. Bodies are Markdown, but for the tagline. */

export const textKeys = ['tagline', 'welcome', 'about', 'social', 'baskets', 'how', 'questions', 'opening', 'legal'] as const;
export type TextKey = (typeof textKeys)[number];
export type Texts = Record<TextKey, string>;

/** Longest text that is taken, in signs. */
export const longest: Record<TextKey, number> = {
  ...{ tagline: 110, welcome: 500, about: 6000, social: 6000, baskets: 2000, how: 4000, questions: 8000, opening: 1500, legal: 8000 },
};

const about = (
  name: string,
) => `${name}, ce sont des femmes et des hommes qui cultivent des légumes en agriculture biologique, en pleine terre et au fil des saisons. \
Nous semons, nous plantons, nous désherbons à la main, et nous récoltons au plus près du jour où vous venez chercher votre panier.

Rien ne vient de loin. Ce que vous mangez a poussé ici, a été lavé et pesé ici, et n’a attendu que le temps de faire la route jusqu’à vous. En février \
les paniers sentent le poireau et la courge ; en juillet ils débordent de tomates. On redécouvre des légumes, on échange des recettes, on mange mieux.

Vous pouvez venir voir : le jardin se visite, et il y a toujours quelqu’un pour vous montrer ce qui pousse.`;

const social = `Nos légumes ont une deuxième raison d’être : **donner du travail**. Au jardin, des personnes éloignées de l’emploi reprennent pied. Elles signent \
un vrai contrat, apprennent le maraîchage, la préparation des commandes, la livraison, et sont accompagnées pour la suite : un logement, un permis, une formation, un métier.

Chaque panier paie des heures de travail et finance cet accompagnement. En vous abonnant, vous savez à l’avance ce que vous mangerez ; nous savons à l’avance \
ce que nous devons semer, et combien de personnes nous pouvons embaucher. C’est un engagement des deux côtés, et il change des vies.`;

const how = `Vos légumes sont récoltés la veille ou le matin même, puis répartis dans les paniers avec soin. Vous passez au dépôt que vous avez choisi, aux heures \
indiquées, et vous repartez avec votre panier. Si vous ne pouvez pas venir, envoyez quelqu’un : un voisin, un collègue, vos enfants.`;

const questions = `## Puis-je choisir les légumes ?

C’est le jardin qui compose : ce qui est mûr, ce qui est beau, en quantités qui se cuisinent. Le contenu est annoncé quelques jours avant, avec des idées de recettes.

## Et si je pars en vacances ?

Prévenez-nous depuis votre espace : selon la formule, vous pouvez annuler un panier, le reporter, le doubler une autre semaine ou l’offrir. La date limite est écrite à côté de chaque panier.

## Et si j’oublie de venir ?

Appelez-nous : nous ferons notre possible. Un panier oublié n’est jamais jeté, il est donné.

## Combien de temps est-ce que je m’engage ?

La durée et les dates sont écrites sur chaque formule, et vous voyez le total avant de vous abonner. Rien n’est caché.

## Comment est-ce que je paie ?

Comme il est écrit sur la formule : par prélèvement, par carte, par chèque ou par virement, en une fois ou en plusieurs.

## Les légumes sont-ils bio ?

Oui. Nous cultivons en agriculture biologique, sans pesticide ni engrais chimique. Si un légume vient d’une ferme voisine, nous vous le disons.`;

const written: Omit<Texts, 'about'> = {
  tagline: 'Chaque semaine, un panier de légumes bio cueillis ici.',
  welcome:
    'Des légumes de saison, frais et bio, cultivés près de chez vous par des personnes qui reprennent le chemin de l’emploi. Vous mangez bien, et vous ne mangez pas que pour vous.',
  social,
  baskets:
    'Une taille pour chaque tablée, et des légumes qui changent toutes les semaines. Le prix est celui d’un panier ; vous saurez tout, dates et total, avant de vous engager.',
  how,
  questions,
  opening: '',
  legal: '',
};

/** The text of the house for each place. @param garden its name, which some of them say. */
export const firstTexts = (garden: { name: string }): Texts => ({ ...written, about: about(garden.name) });

/** What the pages say: the garden's own words where it wrote some. */
export const textsOf = (garden: { name: string }, own: Partial<Record<string, string>>): Texts => ({
  ...firstTexts(garden),
  ...Object.fromEntries(textKeys.flatMap((key) => (own[key] === undefined ? [] : [[key, own[key]]]))),
});
