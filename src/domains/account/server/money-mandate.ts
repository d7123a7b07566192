import { sql } from 'kysely';
import { changeMandateAccount, createMandate, keepProof, mandateForm } from '#domains/banking/index.server.ts';
import { maskAccount } from '#domains/banking/rules/account.ts';
import { lapsesOn, stateOn } from '#domains/banking/rules/mandate.ts';
import type { Creditor, Debtor } from '#domains/banking/rules/mandate-words.ts';
import { readSettings } from '#domains/gardens/settings.ts';
import { type Day, sayDayAndYear } from '#kernel/day.ts';
import { done, type Outcome, refuse } from '#kernel/outcome.ts';
import { lookOwn, type Own, requireOwn } from '#platform/access/own.ts';
import type { Tx } from '#platform/db/index.ts';
import { inGarden, readInGarden } from '#platform/db/tenancy.ts';
import { type Consent, signedText } from '../rules/money-mandate.ts';
import { tellCustomer } from './money-tell.ts';

export type OwnMandate = { id: number; version: number; reference: string; iban: string; signedOn: Day; lapsesOn: Day; evidence: string };
export type OwnMandates = {
  /** The one she is debited by; its account shows its last four signs. */
  standing: OwnMandate | null;
  /** Null: the garden cannot debit anybody (no account with a creditor identifier). */
  creditor: Creditor | null;
  debtor: Debtor;
};

type Stored = {
  id: number;
  version: number;
  reference: string;
  iban: string;
  signedOn: Day;
  endedOn: Day | null;
  once: boolean;
  lastDebitOn: Day | null;
  evidence: string;
};
type Facts = {
  creditor: { holder: string; identifier: string } | null;
  settings: unknown;
  garden: string;
  gardenAddress: string;
  debtor: string;
  address: string;
  mandates: Stored[];
};

async function factsOf(tx: Tx, customerId: number): Promise<Facts> {
  const { rows } = await sql<Facts>`
    select trim(c.first_name || ' ' || c.last_name) as debtor, g.name as garden, g.settings,
      concat_ws(', ', nullif(c.address, ''), nullif(trim(c.postcode || ' ' || c.city), '')) as address,
      concat_ws(', ', nullif(g.address, ''), nullif(trim(g.postcode || ' ' || g.city), '')) as "gardenAddress",
      (select json_build_object('holder', a.holder, 'identifier', a.creditor_identifier) from bank_account a
        where a.garden_id = c.garden_id and a.archived_at is null and a.creditor_identifier <> '' order by a.id limit 1) as creditor,
      coalesce((select json_agg(json_build_object('id', m.id, 'version', m.version, 'reference', m.reference, 'iban', m.iban, 'signedOn', m.signed_on,
          'endedOn', m.ended_on, 'once', m.once, 'evidence', m.evidence, 'lastDebitOn', (select max(b.due_on) from debit_line l
            join debit_batch b on b.garden_id = l.garden_id and b.id = l.batch_id and b.state in ('sent', 'confirmed')
            where l.garden_id = m.garden_id and l.mandate_id = m.id and l.state <> 'removed')) order by m.signed_on desc, m.id desc)
        from mandate m where m.garden_id = c.garden_id and m.customer_id = c.id), '[]') as mandates
    from customer c join garden g on g.id = c.garden_id where c.garden_id = app_garden() and c.id = ${customerId}`.execute(tx);
  return rows[0]!;
}

const creditorOf = ({ creditor, settings, garden, gardenAddress }: Facts): Creditor | null =>
  creditor && { name: readSettings(settings).legalName || garden, identifier: creditor.identifier, address: gardenAddress };

/** How a customer is debited, or could be. One query. */
export function ownMandates(own: Own, today: Day): Promise<OwnMandates> {
  const actor = lookOwn(own, 'payments:read');
  return readInGarden(actor, async (tx) => {
    const facts = await factsOf(tx, own.customerId);
    const found = facts.mandates.find((one) => stateOn(one, today) === 'active');
    return {
      standing: found
        ? {
            id: found.id,
            version: found.version,
            reference: found.reference,
            iban: maskAccount(found.iban),
            signedOn: found.signedOn,
            lapsesOn: lapsesOn(found),
            evidence: found.evidence,
          }
        : null,
      creditor: creditorOf(facts),
      debtor: { name: facts.debtor, address: facts.address },
    };
  });
}

/** The reference that her next mandate would be given. */
export async function nextOwnReference(own: Own): Promise<string> {
  const actor = lookOwn(own, 'payments:change');
  return (await mandateForm(actor, own.customerId, '')).reference;
}

export type SignOwn = { iban: string; bic: string; reference: string };

/**
 * A customer signs a mandate online. What she read, on what account, when and from where is kept as its evidence; she pays by debit from then on. Sent twice, it
 * makes one. @param consent what the server saw of her.
 */
export async function signOwn(own: Own, given: SignOwn, consent: Consent, today: Day): Promise<Outcome<{ reference: string }>> {
  const actor = requireOwn(own, 'payments:change');
  const facts = await readInGarden(actor, (tx) => factsOf(tx, own.customerId));
  const creditor = creditorOf(facts);
  if (!creditor) return refuse('Votre jardin ne peut pas encore prélever : choisissez une autre façon de régler.');
  const again = facts.mandates.find((one) => one.iban === given.iban && stateOn(one, today) === 'active');
  if (again) return done({ reference: again.reference });
  // Hers to choose no more than the one she was shown: a reference taken meanwhile is replaced by the next.
  const reference = await nextOwnReference(own);
  if (reference !== given.reference)
    return refuse('La référence du mandat a changé entre-temps : relisez le mandat, puis signez à nouveau.');
  const note = signedText('signature', { creditor, debtor: { name: facts.debtor, address: facts.address }, ...given }, consent);
  const made = await createMandate(
    actor,
    {
      ...given,
      customerId: own.customerId,
      signedOn: today,
      scheme: 'CORE',
      once: false,
      payByDebit: true,
      proof: { evidence: 'online', note, scan: null },
    },
    today,
  );
  if (!made.ok) return made;
  await inGarden(actor, (tx) =>
    tellCustomer(tx, own, 'mandate_signed', {
      mandat: reference,
      compte: maskAccount(given.iban),
      jour: sayDayAndYear(today),
      ics: creditor.identifier,
    }),
  );
  return done({ reference });
}

/** Her account at the bank changed: her mandate stays, and the bank is told with the next debit. Sent twice, it acts once. */
export async function changeOwnAccount(
  own: Own,
  given: { version: number; iban: string; bic: string },
  consent: Consent,
  today: Day,
): Promise<Outcome<{ reference: string }>> {
  const actor = requireOwn(own, 'payments:change');
  const facts = await readInGarden(actor, (tx) => factsOf(tx, own.customerId));
  const creditor = creditorOf(facts);
  const found = facts.mandates.find((one) => stateOn(one, today) === 'active');
  if (!found || !creditor) return refuse('Vous n’avez pas de mandat en cours : signez-en un.');
  const { id, reference } = found;
  if (found.iban === given.iban) return done({ reference });
  const changed = await changeMandateAccount(actor, id, { ...given, bank: 'unknown' }, today);
  if (!changed.ok) return changed;
  const note = signedText('account', { creditor, debtor: { name: facts.debtor, address: facts.address }, reference, ...given }, consent);
  await inGarden(actor, async (tx) => {
    await keepProof(tx, id, { evidence: 'online', note, scan: null });
    await tellCustomer(tx, own, 'account_changed', { mandat: reference, compte: maskAccount(given.iban) });
  });
  return done({ reference });
}
