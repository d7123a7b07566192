import { unseal } from '#platform/auth/seal.ts';
import { config } from '#platform/config.ts';
import type { Tx } from '#platform/db/index.ts';
import type { SmtpServer } from '#platform/mail/smtp.ts';
import type { SmsService } from '#platform/sms/port.ts';
import type { Letterhead } from '../rules/letter.ts';
import { loadGarden } from './store.ts';

/** What the passwords of a garden's mail server and text messages are sealed for. */
export const sealed = { smtp: 'messages: smtp', sms: 'messages: sms' } as const;

/** How a garden writes: by which server, under which name, with what under its letters. */
export type Sender = {
  server: SmtpServer | null;
  from: string;
  replyTo: string;
  head: Letterhead;
  sms: { service: SmsService | null; from: string };
};

const none = {
  smtp_host: '',
  smtp_port: 465,
  smtp_security: 'tls',
  smtp_user: '',
  smtp_password: null,
  from_name: '',
  from_address: '',
  reply_to: '',
} as const;

/** Two queries. Without a server of its own, the garden writes by the installation's, under its own name, and answers come back to it. */
export async function loadSender(tx: Tx): Promise<Sender> {
  const garden = await loadGarden(tx);
  const stored = await tx.selectFrom('message_sender').selectAll().executeTakeFirst();
  const row = stored ?? { ...none, signature: '', sms_by: 'none', sms_name: '', sms_key: null };
  const own = row.smtp_host !== '' && row.from_address !== '';
  const password = row.smtp_password ? unseal(sealed.smtp, row.smtp_password) : '';
  const server = own
    ? { host: row.smtp_host, port: row.smtp_port, secure: row.smtp_security === 'tls', user: row.smtp_user, password: password ?? '' }
    : null;
  const house = /<([^>]+)>/.exec(config.mailFrom())?.[1] ?? config.mailFrom();
  const key = row.sms_by === 'brevo' && row.sms_key ? unseal(sealed.sms, row.sms_key) : null;
  const place = [garden.address, `${garden.postcode} ${garden.city}`.trim()].filter(Boolean).join(', ');
  const reach = [garden.phone, garden.email].filter(Boolean).join(' · ');
  return {
    server,
    from: `${quoted(row.from_name || garden.name)} <${own ? row.from_address : house}>`,
    replyTo: row.reply_to || (own ? '' : garden.email),
    head: { garden: garden.name, accent: garden.accent, lines: [...row.signature.split('\n'), place, reach].filter(Boolean) },
    sms: { service: key ? { by: 'brevo', key } : null, from: row.sms_name || smsName(garden.name) },
  };
}

/** A name as a header carries it: quotes and line ends out of it. */
const quoted = (name: string): string => `"${name.replace(/["\\\r\n]/g, ' ')}"`;

/** Eleven letters and digits: what telephones show of a sender. « Les Jardins de la Vallée » → « Lesjardinsd » */
export const smsName = (name: string): string => {
  const letters = name.normalize('NFD').replace(/[^a-zA-Z0-9]/g, '');
  return (/[a-zA-Z]/.test(letters) ? letters : `Panier${letters}`).slice(0, 11) || 'Panier';
};
