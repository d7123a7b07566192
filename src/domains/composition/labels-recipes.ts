import type { TableLabels } from '#platform/audit/say.ts';

/** French names of what a recipe says, as its form and its history show them. */
export const recipeLabels = {
  name: 'Nom de la recette',
  servings: 'Pour',
  minutes: 'Temps',
  ingredients: 'Ingrédients',
  body: 'Préparation',
  produceIds: 'Légumes du jardin',
} as const;

/** 90 → « 1 h 30 », 40 → « 40 min » */
export function sayMinutes(minutes: number): string {
  const [hours, left] = [Math.floor(minutes / 60), minutes % 60];
  if (hours === 0) return `${left} min`;
  return left === 0 ? `${hours} h` : `${hours} h ${String(left).padStart(2, '0')}`;
}

export const sayServings = (servings: number): string => (servings === 1 ? '1 personne' : `${servings} personnes`);

/** « Pour 4 personnes · 40 min »; empty when neither is known. */
export const sayEffort = ({ servings, minutes }: { servings: number | null; minutes: number | null }): string =>
  [servings && `Pour ${sayServings(servings)}`, minutes && sayMinutes(minutes)].filter(Boolean).join(' · ');

/** How the trail of recipes is told. */
export const recipeTrail: Record<string, TableLabels> = {
  recipe: {
    name: 'Recette',
    right: 'composition:read',
    columns: {
      name: { label: recipeLabels.name },
      servings: { label: recipeLabels.servings, say: (value) => sayServings(Number(value)) },
      minutes: { label: recipeLabels.minutes, say: (value) => sayMinutes(Number(value)) },
      ingredients: { label: recipeLabels.ingredients },
      body: { label: recipeLabels.body },
      shared_id: { label: 'Partagée avec le réseau', say: () => 'oui', empty: 'non' },
      copied_from: { label: 'Copiée du réseau', say: () => 'oui', empty: 'non' },
      archived_at: { label: 'Archivée', say: () => 'oui', empty: 'non' },
    },
  },
  recipe_produce: {
    name: 'Légume de la recette',
    right: 'composition:read',
    columns: { produce_id: { label: 'Légume', refers: true } },
  },
  newsletter: {
    name: 'Feuille de chou',
    right: 'composition:read',
    columns: { title: { label: 'Titre' }, news: { label: 'Nouvelles' }, recipe_id: { label: 'Recette', refers: true } },
  },
};
