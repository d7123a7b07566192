import { error } from '@sveltejs/kit';
import { config } from '#platform/config.ts';
import { type KeptMail, keptMails } from '#platform/mail/folder.ts';
import { dev } from '$app/env';

/** Letters that stayed on the machine; for the demonstration and developers only. Links in them become links of the page. `?a=` shows those of one address, `?lettre=` one as it looks. */
export const load = async ({ url }) => {
  if (!config.demo() && !dev) error(404, 'Cette page n’existe pas.');
  const to = (url.searchParams.get('a') ?? '').trim().slice(0, 200);
  const opened = url.searchParams.get('lettre');
  const kept = (await keptMails(config.dataFolder())).filter((mail) => to === '' || mail.to.toLowerCase() === to.toLowerCase());
  const mails = kept.slice(0, 50);
  return { to, addresses: [...new Set(kept.map((mail) => mail.to))].sort(), mails: mails.map((mail) => shown(mail, opened)) };
};

function shown({ id, at, to, subject, text, html, from, replyTo, attachments }: KeptMail, opened: string | null) {
  const own = config.publicUrl();
  return {
    ...{ id, to, from, replyTo, subject },
    attached: (attachments ?? []).map(({ name }) => name),
    at: new Date(at).toLocaleString('fr-FR', { dateStyle: 'long', timeStyle: 'short', timeZone: 'Europe/Paris' }),
    hasHtml: html !== undefined,
    // Shown in a frame that runs nothing, its links left to the text beside it.
    html: html !== undefined && opened === id ? html : null,
    parts: text.split(/(https?:\/\/\S+)/).map((part) => ({ text: part, href: part.startsWith(`${own}/`) ? part.slice(own.length) : null })),
  };
}
