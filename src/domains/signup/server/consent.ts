import { sayIban } from '#domains/banking/rules/account.ts';
import { consentText } from '#domains/banking/rules/mandate-words.ts';
import type { Day } from '#kernel/day.ts';
import type { Facts } from './facts.ts';
import type { Progress } from './progress.ts';
import type { SignupRow } from './store.ts';

/** Where and when somebody agreed, as the server saw it. `at`: « 22/11/2026 à 14:05:12 (heure de Paris) ». */
export type Moment = { at: string; address: string; agent: string };

/** Who it is: the customer who signed in, or what was typed. */
export const personOf = ({ me, answers: { vous } }: Pick<Progress, 'me' | 'answers'>) =>
  me
    ? { firstName: me.firstName, name: `${me.firstName} ${me.lastName}`.trim(), email: me.email, address: me.address }
    : {
        firstName: vous?.prenom ?? '',
        name: `${vous?.prenom ?? ''} ${vous?.nom ?? ''}`.trim(),
        email: vous?.email ?? '',
        address: vous ? [vous.adresse, `${vous.codePostal} ${vous.ville}`].join(', ') : '',
      };

/** The evidence of a mandate agreed to on this step; nothing when none is asked for. */
export function mandateConsent(progress: Progress, moment: Moment, today: Day): SignupRow['consent'] {
  const { paiement } = progress.answers;
  if (paiement?.moyen !== 'direct_debit' || paiement.mandat) return {};
  const person = personOf(progress);
  const debtor = { name: paiement.titulaire || person.name, address: person.address };
  const text = consentText(
    { creditor: creditorOf(progress), debtor, iban: sayIban(paiement.iban) },
    { person: person.name, email: person.email, where: 'depuis la page d’inscription', ...moment },
  );
  return { mandate: text, mandateOn: today };
}

export const creditorOf = ({ garden, creditor }: Pick<Facts, 'garden' | 'creditor'>) => ({
  name: garden.legalName,
  identifier: creditor,
  address: garden.address,
});

/** The conditions that were read and agreed to, with their words of that day. */
export const conditionsConsent = ({ settings }: Pick<Facts, 'settings'>, { at, address, agent }: Moment): SignupRow['consent'] =>
  settings.signupConditions
    ? { conditions: `${settings.signupConditions}\n\nAccepté le ${at}. Adresse réseau : ${address}. Navigateur : ${agent || 'inconnu'}.` }
    : {};
