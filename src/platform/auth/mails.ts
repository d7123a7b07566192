import { config } from '#platform/config.ts';
import { type Db, database } from '#platform/db/index.ts';
import { enqueueMail } from '#platform/jobs/enqueue.ts';

const link = (path: string, token: string) => `${config.publicUrl()}${path}?jeton=${encodeURIComponent(token)}`;

/**
 * The link that signs in. It is stored as a job whether or not an account exists: the answer takes the same time, and only the worker,
 * away from the request, finds out whether there is somebody to write to: an account, or a customer whose account the link will make. An account with a second factor is told how to sign in instead.
 * @param next where to go once signed in, of this application.
 */
export async function sendMagicLink(email: string, token: string, next: string | null = null): Promise<void> {
  const after = next && next !== '/' ? `&suite=${encodeURIComponent(next)}` : '';
  await enqueueMail(database(), {
    to: email,
    subject: 'Votre lien de connexion à Cocagne',
    text: `Bonjour,

Voici le lien pour vous connecter à Cocagne, sans mot de passe. Il sert une seule fois, pendant 20 minutes :

${link('/connexion/lien', token)}${after}

Si vous ne l’avez pas demandé, ne faites rien : personne ne peut se connecter sans ce lien.`,
    onlyTo: 'known',
    instead: {
      when: 'second_factor',
      text: `Bonjour,

Un lien de connexion à Cocagne a été demandé pour cette adresse. Votre compte est protégé par un code : connectez-vous avec votre mot de passe
et ce code, ou avec une clé d’accès.

${config.publicUrl()}/connexion`,
    },
  });
}

/** The link that lets somebody choose another password. As above, stored for every address, sent to accounts alone. */
export async function sendPasswordLink(db: Db, email: string, token: string): Promise<void> {
  await enqueueMail(db, {
    to: email,
    onlyTo: 'account',
    subject: 'Choisir un nouveau mot de passe pour Cocagne',
    text: `Bonjour,

Ce lien vous permet de choisir un nouveau mot de passe. Il sert une seule fois, pendant une heure :

${link('/connexion/mot-de-passe', token)}

Si vous ne l’avez pas demandé, ne faites rien : votre mot de passe reste le même.`,
  });
}

/** Invitation to a garden, stored in the transaction that makes it: no member without its mail, no mail without its member. */
export async function sendInvitation(
  tx: Db,
  invitation: { email: string; name: string; garden: string; token: string | null },
): Promise<void> {
  const { email, name, garden, token } = invitation;
  const what = token
    ? `Pour commencer, choisissez votre mot de passe. Ce lien sert une seule fois, pendant sept jours :

${link('/connexion/mot-de-passe', token)}

Passé ce délai, demandez un lien de connexion sur ${config.publicUrl()}/connexion avec cette adresse e-mail.`
    : `Vous avez déjà un compte : connectez-vous comme d’habitude, le jardin apparaît dans votre liste.

${config.publicUrl()}/connexion`;
  await enqueueMail(tx, {
    to: email,
    subject: `Bienvenue dans l’équipe : ${garden}`,
    text: `Bonjour ${name},

Vous faites maintenant partie de l’équipe du jardin « ${garden} » sur Cocagne.

${what}`,
  });
}
