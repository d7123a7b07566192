import type { Chance } from './random.ts';

/** Words from which people are invented. Any resemblance is chance, and chance is fixed. */
const women =
  'Adèle Agathe Aïcha Alice Amandine Anaïs Anne Aurore Béatrice Bénédicte Camille Caroline Cécile Chantal Charlotte Chloé Claire Clémence Colette Delphine Dominique Élise Élodie Émilie Estelle Eugénie Fanny Fatima Florence Françoise Gaëlle Hélène Inès Isabelle Jeanne Joëlle Judith Julie Justine Karine Khadija Laëtitia Laure Léa Lise Louise Lucie Maëlle Manon Margaux Marie Marion Martine Mathilde Maud Mélanie Monique Myriam Nadège Naïma Nathalie Noémie Océane Odile Ophélie Pauline Perrine Rachel Rose Sabine Salomé Samira Sandrine Sarah Solène Sophie Stéphanie Suzanne Sylvie Thérèse Valérie Véronique Yasmine Yvette Zoé'.split(
    ' ',
  );
const men =
  'Achille Adrien Alain Alexandre Amadou Amine André Anthony Antoine Arnaud Arthur Augustin Aurélien Baptiste Benoît Bernard Bilal Bruno Cédric Christian Christophe Clément Damien Daniel David Denis Didier Émile Emmanuel Éric Étienne Fabien Florian François Frédéric Gabriel Gaël Gérard Gilles Grégoire Guillaume Guy Hervé Hugo Ibrahim Jacques Jean Jérémy Jérôme Joël Julien Karim Laurent Léo Loïc Louis Luc Lucas Malik Marc Martin Mathieu Maxime Mehdi Michel Nicolas Noël Olivier Pascal Patrice Paul Philippe Pierre Quentin Raphaël Rémi René Romain Samuel Sébastien Serge Simon Stéphane Théo Thibault Thierry Thomas Tristan Victor Vincent Yann Yves Youssef'.split(
    ' ',
  );
const families =
  'Abadie Adam Allard Amiot Ancel Arnaud Aubert Aubry Auger Bailly Barbier Baron Barre Bazin Béguin Belin Benali Benoît Berger Bernier Berthelot Besnard Bigot Blanc Blondel Bodin Boisson Bonnet Bouchard Boucher Bouvier Boyer Breton Briand Brunet Caillaud Carlier Caron Carpentier Cartier Chapuis Charpentier Chauvet Chevallier Clerc Colas Collet Comte Cordier Cornu Coste Coulon Courtois Cousin Couturier Dacosta Daniel Delage Delaunay Delmas Demange Descamps Deschamps Devaux Diallo Didier Diop Dubreuil Ducrocq Dufour Dumas Dupré Durieux Dutertre Duval Étienne Evrard Fabre Faivre Favre Ferrand Ferry Fischer Fleury Fontaine Forestier Foucher Fournier Gaillard Garcia Garnier Gaudin Gérard Germain Gilbert Gillet Girardin Godard Gomez Gontier Grandjean Grosjean Guérin Guichard Guillet Guyot Haddad Hamel Hardy Hébert Henry Hervé Hoarau Hubert Humbert Imbert Jacquemin Jacquot Jolivet Joly Jourdan Julien Kaminski Keller Klein Lacombe Lacroix Lagarde Lamotte Langlois Laporte Larue Launay Laval Lebrun Leclerc Lecomte Lefranc Legendre Léger Legros Lelong Lemaître Lenoir Lepage Leroux Lesage Letellier Levasseur Loiseau Lopes Lorrain Maillard Mangin Marchal Maréchal Marot Martel Masson Mathieu Maurin Mercier Meunier Michaud Millet Monnier Moreau Morel Morin Mougel Moulin Navarro Nguyen Noël Ollivier Pages Paquet Pasquier Payet Pelletier Perret Petitjean Philippe Picard Pichon Poirier Poncet Pons Prévost Prigent Raynal Régnier Renard Renaud Ribeiro Richard Rigaud Rivière Robin Roche Rolland Rouault Rousset Royer Salmon Sanchez Sauvage Schmitt Schneider Simonin Tessier Thiébaut Thierry Tissier Toussaint Traoré Vaillant Vallet Varin Vasseur Verdier Vidal Vigneron Villain Vincent Voisin Vuillemin Wagner Weber Yahiaoui Ziegler'.split(
    ' ',
  );
const streets = [
  'rue des Tilleuls',
  'rue de la Fontaine',
  'chemin des Vignes',
  'rue du Moulin',
  'rue Jules-Ferry',
  'place de l’Église',
  'avenue de la Gare',
  'rue des Écoles',
  'impasse des Noisetiers',
  'rue du Lavoir',
  'allée des Cerisiers',
  'rue Pasteur',
  'rue de la République',
  'chemin de la Côte',
  'rue Victor-Hugo',
  'rue des Jardins',
  'rue du Four',
  'rue Marie-Curie',
  'boulevard de la Liberté',
  'rue du Stade',
  'rue Haute',
  'rue du 8-Mai-1945',
  'chemin du Canal',
  'rue Jean-Jaurès',
];

export type Person = { civility: 'Mme' | 'M.'; first: string; last: string };

export function inventPerson({ happens, pick }: Chance): Person {
  const woman = happens(0.62);
  return { civility: woman ? 'Mme' : 'M.', first: pick(woman ? women : men), last: pick(families) };
}

export const inventStreet = ({ between, pick }: Chance): string => `${between(1, 118)} ${pick(streets)}`;

/** Numbers that the regulator keeps for films and books: nobody answers there. */
const landlines = ['01 99 00', '02 61 91', '03 53 01', '04 65 71', '05 36 49'];
const lastFour = ({ between }: Chance) => `${String(between(0, 99)).padStart(2, '0')} ${String(between(0, 99)).padStart(2, '0')}`;

export const inventMobile = (chance: Chance): string => `06 39 98 ${lastFour(chance)}`;
/** @param zone first digits of telephone in the area: 1 (Île-de-France) … 5 (south-west). */
export const inventLandline = (chance: Chance, zone: number): string => `${landlines[zone - 1]} ${lastFour(chance)}`;

const plain = (text: string) =>
  text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z]+/g, '-');

/** « chloe.lamy@exemple.test »: `.test` leads nowhere, by standard. */
export const emailOf = ({ first, last }: Person, number: number | string = ''): string =>
  `${plain(first)}.${plain(last)}${number}@exemple.test`;

const vegetables = [
  'céleri-rave',
  'fenouil',
  'betterave',
  'radis noir',
  'chou kale',
  'panais',
  'navet',
  'topinambour',
  'blette',
  'rutabaga',
  'chou-rave',
  'courge spaghetti',
];

/** What a garden writes down about a customer. */
export function inventNote({ pick, weighted }: Chance): string {
  return weighted([
    [`N’aime pas : ${pick(vegetables)}, ${pick(vegetables)}.`, 3],
    ['Préfère être appelée le soir.', 1],
    ['Vient parfois chercher le panier de ses voisins.', 1],
    ['Rend les cagettes chaque mois.', 1],
    [`Allergique à : ${pick(vegetables)}.`, 1],
  ]);
}
