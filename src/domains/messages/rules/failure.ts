/** What became of a try to send, in words for the garden. `lasting`: no use in trying again. */
export type Failure = { said: string; lasting: boolean };

/** So many tries, each later than the one before: about a day and a half in all. */
export const mostTries = 14;

type MailError = { code?: string; responseCode?: number; message?: string };

/**
 * What a mail server answered, in French. Codes are those of SMTP (RFC 5321, 4.2.3: 5xx is for good, 4xx for now) and nodemailer's own. What the server wrote is
 * not repeated: it may hold addresses.
 */
export function failureOf(error: unknown): Failure {
  const { code = '', responseCode = 0 } = (error ?? {}) as MailError;
  if (code === 'EAUTH' || responseCode === 535)
    return { said: 'Le serveur d’envoi refuse le nom d’utilisateur ou le mot de passe.', lasting: false };
  if (code === 'EENVELOPE' && responseCode === 0) return { said: 'Cette adresse n’est pas une adresse e-mail.', lasting: true };
  if (responseCode === 550 || responseCode === 551 || responseCode === 553)
    return { said: 'Cette adresse n’existe pas, ou refuse nos messages.', lasting: true };
  if (responseCode === 552) return { said: 'La boîte de cette personne est pleine, ou le message trop lourd.', lasting: true };
  if (responseCode >= 500) return { said: `Le serveur d’envoi a refusé ce message (${responseCode}).`, lasting: true };
  if (responseCode >= 400) return { said: `Le serveur d’envoi demande d’attendre (${responseCode}).`, lasting: false };
  if (['ECONNECTION', 'ESOCKET', 'ETIMEDOUT', 'EDNS', 'ECONNREFUSED', 'ENOTFOUND'].includes(code))
    return { said: 'Le serveur d’envoi ne répond pas.', lasting: false };
  if (code === 'ETLS') return { said: 'Le serveur d’envoi n’offre pas de connexion sûre.', lasting: false };
  return { said: 'Le message n’a pas pu être envoyé.', lasting: false };
}
