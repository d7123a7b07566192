import { z } from 'zod';
import { givenHost, plainHost } from './rules/address.ts';
import { longest, type TextKey } from './rules/texts.ts';

/** What the forms of public pages and of their back office may send. */

const line = (most: number) => z.string().trim().max(most);
const text = (most: number) =>
  z
    .string()
    .max(most + 2000)
    .transform((typed) => typed.replace(/\r\n?/g, '\n').trim())
    .pipe(z.string().max(most));
const version = z.coerce.number().int().min(0).default(0);

export const contactSubjects = [
  'Les paniers',
  'Mon abonnement',
  'Travailler au jardin',
  'Visiter, donner un coup de main',
  'Autre chose',
] as const;

/** `website` is a trap: people do not see it, machines fill it in. `token` tells a form sent twice. */
export const contactSchema = z.object({
  name: line(120).min(1, 'Dites-nous qui vous êtes.'),
  email: z.email('Une adresse comme marie@exemple.fr : c’est là que nous répondrons.').max(200),
  phone: line(30).default(''),
  subject: z.enum(contactSubjects).default('Autre chose'),
  body: text(4000).pipe(z.string().min(1, 'Écrivez votre message.')),
  website: z.string().max(500).default(''),
  token: z.uuid(),
});
export type ContactGiven = z.output<typeof contactSchema>;

export const textSchema = (key: TextKey) =>
  z.object({ version, body: key === 'tagline' ? line(longest.tagline).min(1) : text(longest[key]) });

/** A page of the garden elsewhere: its address, of the network named alone. */
const elsewhere = (name: string, host: string) =>
  line(200)
    .default('')
    .transform((typed) => (typed && !/^https?:\/\//i.test(typed) ? `https://${typed}` : typed))
    .refine((typed) => {
      if (!typed) return true;
      const url = URL.parse(typed);
      return url?.protocol === 'https:' && (plainHost(url.host) === host || url.host.endsWith(`.${host}`));
    }, `L’adresse de votre page ${name}, par exemple https://www.${host}/votre-jardin.`);

export const siteSchema = z.object({
  version,
  facebook: elsewhere('Facebook', 'facebook.com'),
  instagram: elsewhere('Instagram', 'instagram.com'),
  host: line(200)
    .default('')
    .transform((typed) => givenHost(typed.replace(/^https?:\/\//i, '').replace(/\/.*$/, '')))
    .refine(
      (host) => host === '' || (/^[a-z0-9](-?[a-z0-9])*(\.[a-z0-9](-?[a-z0-9])*)+$/.test(host) && host.length <= 190),
      'Un nom de domaine, par exemple www.notre-jardin.fr.',
    ),
});
export type SiteGiven = z.output<typeof siteSchema>;

export const articleSchema = z.object({
  version,
  title: line(120).min(1, 'Donnez un titre à cet article.'),
  summary: line(220).default(''),
  body: text(20_000).pipe(z.string().min(1, 'Écrivez votre article.')),
  publishedOn: z.iso.date('Choisissez un jour.'),
  published: z.preprocess((value) => value === 'on' || value === true, z.boolean()),
});
export type ArticleGiven = z.output<typeof articleSchema>;

export const photoSchema = z.object({
  photo: z.instanceof(File, { error: 'Choisissez une photo.' }),
  alt: line(160).default(''),
});
