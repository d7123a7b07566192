/** Recipes of the demonstration, written for it. Vegetables are named as the starting list names them. */
export type DemoRecipe = { name: string; servings: number; minutes: number; ingredients: string[]; steps: string[]; produce: string[] };

export const recipes: DemoRecipe[] = [
  {
    name: 'Velouté de butternut et poireau',
    servings: 4,
    minutes: 40,
    produce: ['Courge butternut', 'Poireau', 'Pomme de terre'],
    ingredients: ['1 courge butternut', '2 poireaux', '1 pomme de terre', '20 cl de crème', 'sel, poivre, muscade'],
    steps: [
      'Éplucher la courge et la pomme de terre, les couper en dés. Émincer les poireaux.',
      'Faire fondre les poireaux cinq minutes dans un peu de beurre.',
      'Ajouter le reste, couvrir d’eau, saler et laisser cuire 25 minutes.',
      'Mixer avec la crème. Poivrer, râper un peu de muscade.',
    ],
  },
  {
    name: 'Gratin de chou-fleur aux noisettes',
    servings: 4,
    minutes: 50,
    produce: ['Chou-fleur'],
    ingredients: ['1 chou-fleur', '50 g de beurre', '50 g de farine', '50 cl de lait', '1 poignée de noisettes', '80 g de fromage râpé'],
    steps: [
      'Cuire le chou-fleur en bouquets, 10 minutes à la vapeur : il doit rester ferme.',
      'Faire une sauce blanche avec le beurre, la farine et le lait ; saler, poivrer.',
      'Mettre le chou-fleur dans un plat, napper de sauce, parsemer de fromage et de noisettes concassées.',
      'Enfourner 25 minutes à 200 °C.',
    ],
  },
  {
    name: 'Purée de carottes au cumin',
    servings: 4,
    minutes: 30,
    produce: ['Carotte', 'Pomme de terre'],
    ingredients: ['800 g de carottes', '2 pommes de terre', '1 cuillère à café de cumin', '30 g de beurre'],
    steps: [
      'Couper les légumes en morceaux et les cuire 20 minutes dans l’eau salée.',
      'Les égoutter en gardant une louche d’eau.',
      'Écraser avec le beurre et le cumin ; allonger avec l’eau de cuisson si besoin.',
    ],
  },
  {
    name: 'Tarte fine aux oignons',
    servings: 6,
    minutes: 55,
    produce: ['Oignon jaune'],
    ingredients: ['1 pâte brisée', '1 kg d’oignons jaunes', '2 œufs', '15 cl de crème', 'thym, huile d’olive'],
    steps: [
      'Émincer les oignons et les laisser fondre 25 minutes à feu doux, avec l’huile et le thym.',
      'Battre les œufs et la crème, saler, mêler aux oignons.',
      'Étaler sur la pâte et cuire 30 minutes à 190 °C.',
    ],
  },
  {
    name: 'Salade de betterave, pomme et mâche',
    servings: 4,
    minutes: 15,
    produce: ['Betterave rouge', 'Pomme', 'Mâche'],
    ingredients: ['2 betteraves rouges cuites', '1 pomme', '100 g de mâche', 'huile de noix, vinaigre de cidre', 'quelques noix'],
    steps: [
      'Laver la mâche et l’essorer.',
      'Couper betteraves et pomme en petits dés, les assaisonner.',
      'Poser sur la mâche et parsemer de noix.',
    ],
  },
  {
    name: 'Blettes à l’ail et au citron',
    servings: 3,
    minutes: 25,
    produce: ['Bette (blette)', 'Ail'],
    ingredients: ['1 botte de blettes', '3 gousses d’ail', '1 demi-citron', 'huile d’olive'],
    steps: [
      'Séparer les côtes des feuilles. Couper les côtes en tronçons, les feuilles en lanières.',
      'Faire revenir les côtes 8 minutes dans l’huile, puis ajouter l’ail haché.',
      'Ajouter les feuilles et couvrir 5 minutes. Finir avec le jus de citron.',
    ],
  },
  {
    name: 'Poêlée de chou frisé aux lardons',
    servings: 4,
    minutes: 35,
    produce: ['Chou frisé de Milan', 'Carotte'],
    ingredients: ['1 petit chou frisé', '2 carottes', '150 g de lardons', '1 cuillère à soupe de vinaigre'],
    steps: [
      'Couper le chou en lanières et les carottes en rondelles fines.',
      'Faire dorer les lardons, ajouter les carottes, puis le chou.',
      'Couvrir et laisser cuire 20 minutes en remuant. Arroser de vinaigre avant de servir.',
    ],
  },
  {
    name: 'Panais rôtis au miel',
    servings: 4,
    minutes: 45,
    produce: ['Panais', 'Miel'],
    ingredients: ['1 kg de panais', '2 cuillères à soupe de miel', '3 cuillères à soupe d’huile', 'sel, poivre'],
    steps: [
      'Éplucher les panais et les couper en bâtons.',
      'Les mélanger avec l’huile et le miel, saler, poivrer.',
      'Rôtir 35 minutes à 200 °C en les retournant à mi-cuisson.',
    ],
  },
  {
    name: 'Ratatouille du potager',
    servings: 6,
    minutes: 75,
    produce: ['Aubergine', 'Courgette', 'Poivron rouge', 'Tomate ronde', 'Oignon jaune'],
    ingredients: ['2 aubergines', '2 courgettes', '2 poivrons', '4 tomates', '1 oignon', '2 gousses d’ail', 'huile d’olive, thym'],
    steps: [
      'Couper tous les légumes en dés. Faire revenir chacun à part dans l’huile.',
      'Réunir le tout avec l’ail, le thym et les tomates.',
      'Laisser mijoter 45 minutes à petit feu. Meilleure le lendemain.',
    ],
  },
  {
    name: 'Crumble de rhubarbe',
    servings: 6,
    minutes: 50,
    produce: ['Rhubarbe'],
    ingredients: ['800 g de rhubarbe', '100 g de sucre', '120 g de farine', '90 g de beurre', '60 g de flocons d’avoine'],
    steps: [
      'Couper la rhubarbe en tronçons et les mêler à la moitié du sucre, dans un plat.',
      'Sabler du bout des doigts la farine, les flocons, le beurre et le reste du sucre.',
      'Couvrir la rhubarbe et cuire 35 minutes à 190 °C.',
    ],
  },
];

/** Those of the other gardens, in the order they are opened. */
export const othersRecipes: DemoRecipe[][] = [
  [
    {
      name: 'Houmous de potimarron',
      servings: 6,
      minutes: 35,
      produce: ['Potimarron', 'Ail'],
      ingredients: [
        '1 demi-potimarron',
        '250 g de pois chiches cuits',
        '1 gousse d’ail',
        '2 cuillères à soupe de purée de sésame',
        '1 citron',
      ],
      steps: [
        'Cuire le potimarron en morceaux, avec sa peau, 15 minutes à la vapeur.',
        'Mixer avec les pois chiches, l’ail, le sésame et le jus du citron.',
        'Saler, laisser refroidir et servir sur du pain grillé.',
      ],
    },
    {
      name: 'Rémoulade de céleri et pomme',
      servings: 4,
      minutes: 20,
      produce: ['Céleri-rave', 'Pomme'],
      ingredients: ['1 demi-céleri-rave', '1 pomme', '3 cuillères à soupe de fromage blanc', '1 cuillère à café de moutarde', 'citron'],
      steps: [
        'Râper le céleri et la pomme, arroser de citron.',
        'Mélanger le fromage blanc et la moutarde, saler.',
        'Mêler le tout et servir frais.',
      ],
    },
  ],
  [
    {
      name: 'Poireaux grillés, vinaigrette aux herbes',
      servings: 4,
      minutes: 30,
      produce: ['Poireau', 'Persil plat', 'Ciboulette'],
      ingredients: ['6 jeunes poireaux', 'persil plat et ciboulette', '1 œuf dur', 'huile, vinaigre, moutarde'],
      steps: [
        'Cuire les poireaux 10 minutes à la vapeur, puis les griller à la poêle.',
        'Hacher les herbes et l’œuf, en faire une vinaigrette bien relevée.',
        'Napper les poireaux encore tièdes.',
      ],
    },
  ],
];
