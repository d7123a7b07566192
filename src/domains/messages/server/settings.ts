import { changedMeanwhile } from '#kernel/conflict.ts';
import { done, type Outcome, refuse } from '#kernel/outcome.ts';
import { type Actor, requireRight } from '#platform/access/actor.ts';
import { seal } from '#platform/auth/seal.ts';
import type { Tx } from '#platform/db/index.ts';
import { inGarden, readInGarden } from '#platform/db/tenancy.ts';
import { deliverBy, type Mail } from '#platform/mail/port.ts';
import { failureOf } from '../rules/failure.ts';
import { letterHtml, letterText } from '../rules/letter.ts';
import type { SenderValues } from '../schema.ts';
import { loadSender, sealed } from './sender.ts';

/** How the garden's messages leave, without its secrets: only whether there are some. */
export type SenderSettings = {
  values: Omit<SenderValues, 'smtpPassword' | 'smsKey'>;
  hasPassword: boolean;
  hasKey: boolean;
  version: number;
  from: string;
};

export function senderSettings(actor: Actor): Promise<SenderSettings> {
  requireRight(actor, 'settings:read');
  return readInGarden(actor, load);
}

async function load(tx: Tx): Promise<SenderSettings> {
  const row = await tx.selectFrom('message_sender').selectAll().executeTakeFirst();
  const { from } = await loadSender(tx);
  return {
    values: {
      way: row && row.smtp_host !== '' ? 'own' : 'house',
      smtpHost: row?.smtp_host ?? '',
      smtpPort: row?.smtp_port ?? 465,
      smtpUser: row?.smtp_user ?? '',
      fromName: row?.from_name ?? '',
      fromAddress: row?.from_address ?? '',
      replyTo: row?.reply_to ?? '',
      signature: row?.signature ?? '',
      smsBy: row?.sms_by ?? 'none',
      smsName: row?.sms_name ?? '',
    },
    hasPassword: row?.smtp_password != null,
    hasKey: row?.sms_key != null,
    version: row?.version ?? 0,
    from: from.replaceAll('"', ''),
  };
}

/** Keeps how messages leave. A password or key that was left empty stays as it was. Sent twice, it acts once. */
export function saveSender(actor: Actor, version: number, typed: SenderValues): Promise<Outcome<null>> {
  requireRight(actor, 'settings:change');
  return inGarden(actor, async (tx) => {
    const stored = await load(tx);
    const { smtpPassword, smsKey, ...values } = typed.way === 'own' ? typed : { ...typed, smtpHost: '', smtpUser: '', fromAddress: '' };
    const same = JSON.stringify(stored.values) === JSON.stringify(values) && smtpPassword === '' && smsKey === '';
    if (same) return done(null);
    if (stored.version !== version) return changedMeanwhile('Ce réglage', stored.values, values, (field) => String(stored.values[field]));
    if (values.smsBy === 'brevo' && smsKey === '' && !stored.hasKey)
      return refuse('Il manque la clé du service de SMS.', { smsKey: 'Collez la clé que le service vous a donnée.' });
    // A secret goes with its server: another server never gets the password of the one before.
    const moved = values.smtpHost !== stored.values.smtpHost;
    if (moved && values.way === 'own' && values.smtpUser !== '' && smtpPassword === '')
      return refuse('Il manque le mot de passe.', { smtpPassword: 'Écrivez le mot de passe de ce serveur.' });
    const row = {
      smtp_host: values.smtpHost,
      smtp_port: values.smtpPort,
      smtp_security: values.smtpPort === 465 ? ('tls' as const) : ('starttls' as const),
      smtp_user: values.smtpUser,
      from_name: values.fromName,
      from_address: values.fromAddress,
      reply_to: values.replyTo,
      signature: values.signature,
      sms_by: values.smsBy,
      sms_name: values.smsName,
      ...(smtpPassword !== '' ? { smtp_password: seal(sealed.smtp, smtpPassword) } : moved ? { smtp_password: null } : {}),
      ...(smsKey !== '' ? { sms_key: seal(sealed.sms, smsKey) } : {}),
    };
    await tx
      .insertInto('message_sender')
      .values({ garden_id: actor.gardenId, ...row })
      .onConflict((conflict) =>
        conflict.column('garden_id').doUpdateSet((set) => ({ ...row, version: set('message_sender.version', '+', 1) })),
      )
      .execute();
    return done(null);
  });
}

/** Sends a letter at once, to see that it arrives; tests have their own way. @returns the reason in words when it did not leave. */
export async function sendTestLetter(actor: Actor, to: string, deliver = deliverBy): Promise<Outcome<{ to: string }>> {
  requireRight(actor, 'settings:change');
  const { server, from, replyTo, head } = await readInGarden(actor, loadSender);
  const [subject, body] = [
    'Lettre d’essai',
    'Bonjour,\n\nSi vous lisez ceci, les messages de votre jardin partent comme il faut.\n\nAccents : été, œufs, crème, maïs, où.',
  ];
  const mail: Mail = {
    to,
    from,
    subject,
    text: letterText(body, head),
    html: letterHtml(subject, body, head),
    ...(replyTo && { replyTo }),
  };
  try {
    await deliver(server, mail);
    return done({ to });
  } catch (error) {
    return refuse(failureOf(error).said);
  }
}
