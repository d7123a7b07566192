import { error } from '@sveltejs/kit';
import { config } from '#platform/config.ts';
import { keptMails } from '#platform/mail/folder.ts';
import { dev } from '$app/env';

/** Letters that stayed on the machine; for the demonstration and developers only. Links in them become links of the page. */
export const load = async () => {
  if (!config.demo() && !dev) error(404, 'Cette page n’existe pas.');
  const own = config.publicUrl();
  const mails = await keptMails(config.dataFolder(), 50);
  return {
    mails: mails.map(({ id, at, to, subject, text, attachments }) => ({
      id,
      to,
      subject,
      attached: (attachments ?? []).map(({ name }) => name),
      at: new Date(at).toLocaleString('fr-FR', { dateStyle: 'long', timeStyle: 'short', timeZone: 'Europe/Paris' }),
      parts: text
        .split(/(https?:\/\/\S+)/)
        .map((part) => ({ text: part, href: part.startsWith(`${own}/`) ? part.slice(own.length) : null })),
    })),
  };
};
