import type { Sms } from './port.ts';

/** What the service answered, in French, for whoever set it up. `lasting`: trying again changes nothing. */
export class SmsRefused extends Error {
  readonly lasting: boolean;
  constructor(said: string, lasting: boolean) {
    super(said);
    this.name = 'SmsRefused';
    this.lasting = lasting;
  }
}

/**
 * Brevo's « transactional SMS » (https://developers.brevo.com, POST /v3/transactionalSMS/send): one number, one text; the key in a header.
 * @throws SmsRefused with the reason in words. @param service where it answers; tests have their own.
 */
export async function sendByBrevo(key: string, { to, from, text }: Sms, service = 'https://api.brevo.com'): Promise<void> {
  const answer = await fetch(`${service}/v3/transactionalSMS/send`, {
    method: 'POST',
    headers: { 'api-key': key, 'content-type': 'application/json', accept: 'application/json' },
    body: JSON.stringify({ sender: from, recipient: to.replace(/^\+/, ''), content: text, type: 'transactional' }),
    signal: AbortSignal.timeout(20_000),
  }).catch(() => {
    throw new SmsRefused('Le service d’envoi de SMS ne répond pas.', false);
  });
  if (answer.ok) return;
  const said = (await answer.json().catch(() => ({}))) as { message?: string };
  if (answer.status === 401) throw new SmsRefused('Le service de SMS ne reconnaît pas la clé.', true);
  if (answer.status === 402) throw new SmsRefused('Il ne reste plus de crédit chez le service de SMS.', true);
  if (answer.status === 400 && /phone|recipient/i.test(said.message ?? ''))
    throw new SmsRefused('Ce numéro n’est pas un numéro de mobile valable.', true);
  if (answer.status === 429) throw new SmsRefused('Le service de SMS demande d’attendre.', false);
  throw new SmsRefused(`Le service de SMS a refusé (${answer.status}).`, answer.status >= 400 && answer.status < 500);
}
