import { accountOf } from '#platform/auth/accounts.ts';
import { knownAt } from '#platform/auth/at-home.ts';
import { type Deliver, deliver, type Mail } from '#platform/mail/port.ts';

/**
 * A letter in the queue. `onlyTo: 'account'`: thrown away when nobody has an account at this address; `'known'`: unless it is a customer's or a prescriber's.
 * `instead`: another text for an account that asks for a second factor.
 */
export type MailJob = Mail & { onlyTo?: 'account' | 'known'; instead?: { when: 'second_factor'; text: string } };

/** The job `send_mail`: once delivered it is forgotten, with the address and the link that it held. */
export async function sendMail(job: MailJob, send: Deliver = deliver): Promise<void> {
  const { to, subject, text, attachments, onlyTo, instead } = job;
  const account = onlyTo || instead ? await accountOf(to) : null;
  if (onlyTo && !account && !(onlyTo === 'known' && (await knownAt(to)))) return;
  await send({ to, subject, text: instead && account?.secondFactor ? instead.text : text, ...(attachments && { attachments }) });
}
