import { config } from '#platform/config.ts';
import { keepInFolder } from '#platform/mail/folder.ts';
import { sendByBrevo } from './brevo.ts';

/** A text message to one number, in international form (`+33612345678`); `from`: the name shown, 11 letters and digits at most. */
export type Sms = { to: string; from: string; text: string };

/** The service that carries them. */
export type SmsService = { by: 'brevo'; key: string };

/** Handed over by the service; in the demonstration, and while a machine has none, kept among the letters of the data folder. Throws when it could not be. */
export function deliverSms(service: SmsService | null, sms: Sms): Promise<void> {
  if (service && !config.demo()) return sendByBrevo(service.key, sms);
  return keepInFolder(config.dataFolder(), { to: sms.to, from: sms.from, subject: 'SMS', text: sms.text });
}
