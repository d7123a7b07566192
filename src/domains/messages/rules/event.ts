/**
 * What a text may say of an occasion. Values come ready to be read (« jeudi 8 octobre », « 41,40 € »); a list is written one line each.
 */
export type Value = string | number | boolean | readonly string[];

/** One blank of a text: what it stands for, and what it looks like where nothing real is at hand. */
export type Blank = { says: string; sample: Value };

/** `service`: goes whatever the customer prefers. `reminder` and `news` can be refused. */
export type Kind = 'service' | 'reminder' | 'news';

export type MessageEvent<B extends string = string> = {
  /** Under which heading of the list of texts it stands. */
  family: 'Arrivée' | 'Paniers' | 'Abonnement' | 'Argent' | 'Ateliers' | 'Compte' | 'Solidarité';
  name: string;
  /** « Part quand… », in a sentence. */
  when: string;
  kind: Kind;
  /** Leaves only once the garden has asked for it: what nobody's action causes. */
  offAtFirst?: true;
  /** What was written is read by who has this right alone, besides that of messages. */
  readBy?: 'solidarity:read';
  blanks: Record<B, Blank>;
  subject: string;
  /** Markdown, with blanks as `{{ nom }}` and conditions as `{% if nom %}…{% endif %}`. A link alone on its line becomes a button. */
  body: string;
  /** The same in a text message; without, it only goes by mail. */
  sms?: string;
};

/** Keeps the names of the blanks, so that whoever sends is held to give them all. */
export const event = <const B extends string>(one: MessageEvent<B>): MessageEvent<B> => one;

/** Blanks that every text may use. */
export const everywhere = {
  prenom: { says: 'le prénom (le nom d’une organisation)', sample: 'Camille' },
  nom: { says: 'le nom de famille, ou le nom de l’organisation', sample: 'Martin' },
  numero: { says: 'le numéro de client', sample: '1042' },
  jardin: { says: 'le nom du jardin', sample: 'Les Jardins de la Vallée' },
  telephone: { says: 'le téléphone du jardin', sample: '03 87 00 00 00' },
  courriel: { says: 'l’adresse e-mail du jardin', sample: 'bonjour@jardin.exemple' },
  mon_compte: { says: 'l’adresse de « Mon compte » du client', sample: 'https://paniers.exemple/mon-compte' },
} as const satisfies Record<string, Blank>;
export type Everywhere = keyof typeof everywhere;
