import { z } from 'zod';

const line = (most: number) =>
  z
    .string()
    .trim()
    .max(most)
    .transform((value) => value.replace(/\s+/g, ' '));
const text = (most: number) =>
  z
    .string()
    .trim()
    .max(most)
    .transform((value) => value.replace(/\r\n?/g, '\n'));
const ticked = z.preprocess((value) => value === 'on' || value === 'oui' || value === true, z.boolean());
const version = z.coerce.number().int().default(0);

/** A garden's text for an occasion. */
export const textForm = z.object({
  subject: line(200).pipe(z.string().min(1)),
  body: text(10_000).pipe(z.string().min(1)),
  sms: line(600).default(''),
  byMail: ticked.default(false),
  bySms: ticked.default(false),
  client: z.string().trim().max(100).default(''),
  version,
});
export type TextValues = Pick<z.output<typeof textForm>, 'subject' | 'body' | 'sms' | 'byMail' | 'bySms'>;

const email = z.email('Cette adresse n’est pas une adresse e-mail. Exemple : bonjour@monjardin.fr');
const address = z.string().trim().toLowerCase().max(200);

/** How letters and text messages leave. A password left empty stays as it was. */
export const senderForm = z
  .object({
    way: z.enum(['house', 'own']),
    smtpHost: z.string().trim().toLowerCase().max(200).default(''),
    // Ports of mail submission (RFC 6409, RFC 8314) and those that providers open beside them: nothing else of a network is knocked at.
    smtpPort: z.coerce
      .number('Choisissez un port.')
      .refine((port) => [25, 465, 587, 2525].includes(port), 'Choisissez un port.')
      .default(465),
    smtpUser: z.string().trim().max(200).default(''),
    smtpPassword: z.string().max(200).default(''),
    fromName: line(80).default(''),
    // Read with the garden's own server alone (below): who chose the common one is not stopped by what is left there.
    fromAddress: address.default(''),
    replyTo: address.pipe(z.union([z.literal(''), email])).default(''),
    signature: text(300).default(''),
    smsBy: z.enum(['none', 'brevo']).default('none'),
    smsName: z
      .string()
      .trim()
      .regex(/^([a-zA-Z0-9]{3,11})?$/, 'De 3 à 11 lettres ou chiffres, sans espace ni accent.')
      .default(''),
    smsKey: z.string().trim().max(300).default(''),
    version,
  })
  .superRefine((value, context) => {
    if (value.way !== 'own') return;
    if (!/^(?=.{4,200}$)([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}$/.test(value.smtpHost))
      context.addIssue({ code: 'custom', path: ['smtpHost'], message: 'Écrivez le nom du serveur. Exemple : smtp.monhebergeur.fr' });
    const [wrong] = value.fromAddress === '' ? [] : (email.safeParse(value.fromAddress).error?.issues ?? []);
    if (value.fromAddress === '' || wrong)
      context.addIssue({
        code: 'custom',
        path: ['fromAddress'],
        message: wrong?.message ?? 'Écrivez l’adresse d’où partent vos messages.',
      });
  });
export type SenderValues = Omit<z.output<typeof senderForm>, 'version'>;

/** A message to several people, as its form sends it. */
export const groupForm = z.object({
  subject: line(200).default(''),
  body: text(10_000).default(''),
  kind: z.enum(['news', 'service']).default('news'),
  channel: z.enum(['mail', 'sms']).default('mail'),
  version,
});
export type GroupValues = Omit<z.output<typeof groupForm>, 'version'>;

export const whichForm = z.object({ id: z.coerce.number().int().positive() });
export const returnForm = z.object({ raison: line(200).default('') });
