import sharp from 'sharp';
import { products } from '#domains/catalogue/index.server.ts';
import { findGarden } from '#domains/gardens/index.server.ts';
import { createArticle, leaveMessage, type PhotoTarget, publish, saveText, setPhoto } from '#domains/site/index.server.ts';
import { addDays, type Day } from '#kernel/day.ts';
import type { Outcome } from '#kernel/outcome.ts';
import type { Actor } from '#platform/access/actor.ts';
import { visitorOf } from '#platform/access/own.ts';
import { basketScene, fieldScene, logoScene, nurseryScene } from './site-pictures.ts';
import { garden } from './team.ts';

const expect = <T>(outcome: Outcome<T>): T => {
  if (!outcome.ok) throw new Error(outcome.reason);
  return outcome.value;
};

const picture = async (svg: string, type: 'jpeg' | 'png' = 'jpeg'): Promise<Uint8Array> => {
  const read = sharp(Buffer.from(svg));
  return type === 'png' ? read.png().toBuffer() : read.jpeg({ quality: 88 }).toBuffer();
};

/** What baskets hold, for their photos: one list each, in turn. */
const held = [
  ['🥕', '🥬', '🥔', '🧅', '🥦'],
  ['🥕', '🥬', '🥔', '🧅', '🥦', '🍅', '🍆', '🥒'],
  ['🥬', '🍎', '🥕', '🍐', '🧅'],
];

/** Opens the pages of a garden. The large one has its own words, photos and news; the others show those of the house. */
export async function openPages(head: Actor, today: Day): Promise<void> {
  const large = await findGarden(garden);
  if (large?.id === head.gardenId) await tell(head, today);
  expect(await publish(head, true, today));
}

async function tell(actor: Actor, today: Day): Promise<void> {
  const texts = {
    tagline: 'Des légumes bio de Moselle, cueillis par des mains d’ici.',
    welcome:
      'Depuis 1996, quarante personnes cultivent six hectares entre Metz et la rivière. Chaque semaine, leur récolte arrive dans un dépôt près de chez vous.',
    opening:
      'Nous répondons du lundi au vendredi, de 9 h à 12 h et de 14 h à 17 h.\n\n**Vente au jardin** : le vendredi de 15 h à 18 h 30.\n\nLe jardin se visite le premier samedi du mois, à 10 h. Sans rendez-vous, avec des bottes.',
  } as const;
  for (const [key, body] of Object.entries(texts)) expect(await saveText(actor, key as keyof typeof texts, 0, body));
  const baskets = (await products(visitorOf(actor.gardenId, 'catalogue:read'))).filter(({ kind }) => kind === 'basket');
  const photos: [PhotoTarget, string, string, 'jpeg' | 'png'][] = [
    [{ place: 'cover' }, fieldScene(), 'Trois personnes dans les rangs de légumes, un matin, devant les serres (dessin).', 'jpeg'],
    [{ place: 'logo' }, logoScene('#2f6b3a'), 'Les Jardins de la Moselle', 'png'],
    [{ place: 'social' }, nurseryScene(), 'Deux personnes derrière une table de semis, sous la serre (dessin).', 'jpeg'],
    // The others show the house's drawing, as baskets without a photo do.
    ...baskets
      .slice(0, 3)
      .map(({ id, name }, at): [PhotoTarget, string, string, 'jpeg'] => [
        { place: 'basket', productId: id },
        basketScene(held[at % held.length]!, at + 11),
        `${name}, vu de haut (dessin).`,
        'jpeg',
      ]),
  ];
  for (const [target, svg, alt, type] of photos) expect(await setPhoto(actor, target, await picture(svg, type), alt));
  for (const { daysAgo, photo, ...article } of articles) {
    const { id } = expect(await createArticle(actor, { version: 0, published: true, publishedOn: addDays(today, -daysAgo), ...article }));
    if (photo)
      expect(await setPhoto(actor, { place: 'article', articleId: id }, await picture(photo()), 'Des semis sous la serre (dessin).'));
  }
  const visitor = visitorOf(actor.gardenId, 'site:read');
  for (const [at, message] of written.entries())
    expect(await leaveMessage(visitor, { website: '', token: `00000000-0000-4000-8000-00000000000${at}`, ...message }));
}

const articles = [
  {
    daysAgo: 4,
    title: 'La deuxième serre est debout',
    summary: 'Douze jours de montage, trente bras, et des épinards tout l’hiver.',
    body: `Elle fait cinquante mètres de long et il a fallu douze jours pour la monter. Toute l’équipe s’y est mise, même par temps de pluie : les arceaux, les portes, puis la bâche, le seul matin sans vent de la semaine.

## Ce que cela change

- des **épinards et de la mâche** tout l’hiver, sans les faire venir d’ailleurs ;
- du travail au sec en janvier, quand les champs sont trop mouillés ;
- des **tomates dix jours plus tôt** l’été prochain.

Merci aux abonnés qui ont participé à la collecte du printemps. Votre nom est écrit sur la porte : venez le voir.`,
    photo: nurseryScene,
  },
  {
    daysAgo: 18,
    title: 'Samedi, on récolte les dernières courges avec vous',
    summary: 'Bottes, gants, et une soupe pour tout le monde à midi.',
    body: `Il reste deux cents mètres de potimarrons à rentrer avant les gelées. Nous vous attendons **samedi à partir de 9 h 30**, avec des bottes et de vieux gants.

À midi, la soupe est offerte. Les enfants sont bienvenus : il y a toujours une brouette à leur taille.`,
    photo: null,
  },
  {
    daysAgo: 40,
    title: 'Ils ont trouvé un emploi : merci à eux',
    summary: 'Cinq personnes ont quitté le jardin cet automne, et c’est une bonne nouvelle.',
    body: `Cinq personnes ont quitté le jardin depuis septembre. Deux travaillent chez un paysagiste, une en cuisine collective, une conduit des camions, et la dernière reprend une formation de maraîchère.

C’est pour cela que ce jardin existe. Et c’est aussi grâce à vos paniers.`,
    photo: null,
  },
];

const written = [
  {
    name: 'Lucile Hamel',
    email: 'lucile.hamel@exemple.test',
    phone: '06 39 98 44 12',
    subject: 'Les paniers' as const,
    body: 'Bonjour,\n\nNous sommes deux, avec un bébé. Le petit panier suffit-il ? Et peut-on commencer en janvier ?\n\nMerci !',
  },
  {
    name: 'Collège des Prés',
    email: 'gestion@college-des-pres.exemple.test',
    phone: '',
    subject: 'Visiter, donner un coup de main' as const,
    body: 'Bonjour, une classe de sixième (26 élèves) aimerait visiter le jardin au printemps. Est-ce possible un jeudi ?',
  },
];
