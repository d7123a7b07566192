import { config } from '#platform/config.ts';
import { keepInFolder } from './folder.ts';
import { type SmtpServer, sendBySmtp } from './smtp.ts';

/** A file that goes with a letter; `content` is base64, as the queue keeps it. */
export type Attachment = { name: string; type: string; content: string };

/**
 * A letter to one address: plain text, so that it reads everywhere, and the same as HTML when there is one. `from` « Nom <adresse> » when it is not the
 * installation's; `messageId` without its angle brackets.
 */
export type Mail = {
  to: string;
  subject: string;
  text: string;
  html?: string;
  from?: string;
  replyTo?: string;
  headers?: Record<string, string>;
  messageId?: string;
  attachments?: Attachment[];
};

/** Hands a letter over; throws when it could not be, and the job that carries it tries again later. */
export type Deliver = (mail: Mail) => Promise<void>;

/** By SMTP when COCAGNE_SMTP_URL is set; otherwise into files of the data folder (`mails/`), shown at `/boite-aux-lettres` in the demonstration. */
export const deliver: Deliver = (mail) => deliverBy(null, mail);

/** The same by a server of the garden's own. The demonstration, open to everyone, connects to none. */
export function deliverBy(own: SmtpServer | null, mail: Mail): Promise<void> {
  const server = config.demo() ? config.smtpUrl() : (own ?? config.smtpUrl());
  return server ? sendBySmtp(server, config.mailFrom(), mail) : keepInFolder(config.dataFolder(), mail);
}
