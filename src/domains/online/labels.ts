import type { ProviderKind } from './rules/provider.ts';
import type { OnlineState } from './rules/settle.ts';

/** French names of paying online. */

type Tone = 'neutral' | 'good' | 'attention' | 'danger' | 'info';

export const providerLabels: Record<ProviderKind, { name: string; hint: string }> = {
  helloasso: {
    name: 'HelloAsso',
    hint: 'Pour les associations. Sans commission : HelloAsso propose au payeur de lui laisser un pourboire.',
  },
  stripe: { name: 'Stripe', hint: 'Pour toutes les structures. Stripe garde une commission sur chaque paiement.' },
  test: { name: 'Prestataire d’essai', hint: 'Pour essayer, dans la démonstration : aucun argent ne bouge.' },
};

export const onlineLabels: Record<OnlineState, { one: string; hint: string; tone: Tone }> = {
  new: { one: 'Commencé', hint: 'La page de paiement n’a pas été ouverte.', tone: 'neutral' },
  open: { one: 'En attente', hint: 'La page de paiement est ouverte ; le prestataire n’a encore rien reçu.', tone: 'info' },
  paid: { one: 'Payé', hint: 'Le prestataire a reçu l’argent.', tone: 'good' },
  failed: { one: 'Refusé', hint: 'La banque du client a refusé.', tone: 'danger' },
  abandoned: { one: 'Abandonné', hint: 'Personne n’a payé avant la fin.', tone: 'neutral' },
  refunded: { one: 'Remboursé', hint: 'Rendu en entier au client.', tone: 'attention' },
};

export const settingsLabels = {
  active: 'Payer en ligne avec',
  organisation: 'Nom de l’association dans les adresses HelloAsso',
  clientId: 'Identifiant (clientId)',
  clientSecret: 'Mot de passe (clientSecret)',
  signatureKey: 'Clé de signature des notifications',
  sandbox: 'Utiliser le bac à sable de HelloAsso, pour essayer sans argent',
  secretKey: 'Clé secrète',
  webhookSecret: 'Secret de signature du webhook',
  method: 'Moyen de paiement dans les encaissements',
};
