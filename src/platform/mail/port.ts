import { config } from '#platform/config.ts';
import { keepInFolder } from './folder.ts';
import { sendBySmtp } from './smtp.ts';

/** A file that goes with a letter; `content` is base64, as the queue keeps it. */
export type Attachment = { name: string; type: string; content: string };

/** A letter: plain text, so that it reads everywhere, to one address. */
export type Mail = { to: string; subject: string; text: string; attachments?: Attachment[] };

/** Hands a letter over; throws when it could not be, and the job that carries it tries again later. */
export type Deliver = (mail: Mail) => Promise<void>;

/** By SMTP when COCAGNE_SMTP_URL is set; otherwise into files of the data folder (`mails/`), shown at `/boite-aux-lettres` in the demonstration. */
export const deliver: Deliver = (mail) => {
  const url = config.smtpUrl();
  return url ? sendBySmtp(url, config.mailFrom(), mail) : keepInFolder(config.dataFolder(), mail);
};
