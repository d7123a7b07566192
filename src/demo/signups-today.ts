import { sql } from 'kysely';
import { keepTyped, newToken, sendSignup, signupPage, signupPlaces, type Visit } from '#domains/signup/index.server.ts';
import type { Day } from '#kernel/day.ts';
import type { Actor } from '#platform/access/actor.ts';
import { visitorOf } from '#platform/access/own.ts';
import { inGarden } from '#platform/db/tenancy.ts';
import { garden } from './team.ts';

/** Visitors of the large garden's pages this morning: two signed up and wait for an answer, one of whom is known already; a third stopped on the way. */
export async function signUp(head: Actor, today: Day): Promise<void> {
  const { rows } = await inGarden(head, (tx) =>
    sql<{ last: string; first: string; email: string; phone: string }>`
      select c.last_name as last, c.first_name as first, c.email, c.phone from customer c join garden g on g.id = c.garden_id and g.slug = ${garden}
      where c.kind = 'person' and c.archived_at is null and c.email <> '' and c.first_name <> ''
        and not exists (select from subscription s where s.garden_id = c.garden_id and s.customer_id = c.id and s.ends_on >= ${today})
      order by c.id desc limit 1`.execute(tx),
  );
  const known = rows[0];
  if (!known) return;
  const visitor = visitorOf(head.gardenId, 'subscriptions:change', 'logistics:read');
  const places = (await signupPlaces(visitor, today)).filter(({ reserved, standing }) => !reserved && standing?.state === 'free');
  const slotOf = (index: number) => String(places[index % places.length]!.id);
  const home = { adresse: '8 rue des Tanneurs', codePostal: '57000', ville: 'Metz', message: '', benevole: '' };
  const elise = {
    ...home,
    prenom: 'Élise',
    nom: 'Schmitt',
    email: 'elise.schmitt@exemple.test',
    telephone: '06 39 98 41 12',
    benevole: 'on',
  };
  const back = {
    ...home,
    prenom: known.first,
    nom: known.last,
    email: known.email,
    telephone: known.phone || '06 39 98 00 00',
    message: 'Je reviens après une année ailleurs !',
  };
  await visit({ visitor, slot: slotOf(5), person: elise, send: true }, today);
  await visit({ visitor, slot: slotOf(9), person: back, send: true }, today);
  await visit(
    { visitor, slot: slotOf(2), person: { ...elise, prenom: 'Hugo', nom: 'Marchal', email: 'hugo.marchal@exemple.test' }, send: false },
    today,
  );
}

type Signing = { visitor: Actor; slot: string; person: Record<string, string>; send: boolean };

/** Answers as the pages of a sign-up send them. */
async function visit({ visitor, slot, person, send }: Signing, today: Day): Promise<void> {
  const who: Visit = { actor: visitor, token: newToken(), customerId: null };
  const first = await signupPage({ ...who, token: null }, 'panier', today);
  const plan = 'plans' in first ? first.plans[0] : undefined;
  if (!plan) return;
  await keepTyped(who, 'panier', { formule: String(plan.id) });
  await keepTyped(who, 'rythme', {
    frequence: plan.frequencies[0]!,
    quantite: String(plan.minQuantity),
    nombre: String(plan.basketCounts[0] ?? ''),
  });
  await keepTyped(who, 'depot', { creneau: slot, ouvert: '', attente: '' });
  await keepTyped(who, 'vous', person);
  const placed = await signupPage(who, 'verifier', today);
  if (!('plans' in placed) || !placed.preview?.ok) return;
  await keepTyped(who, 'debut', { debut: placed.preview.value.baskets[0]!.usualDate, cote: placed.preview.value.frequency });
  if (!send) return;
  await keepTyped(who, 'options', {
    adhesion: placed.memberships[0] ? String(placed.memberships[0].id ?? 'oui') : '',
    contenant: '',
    arrondi: '0',
  });
  await keepTyped(who, 'paiement', {
    moyen: placed.ways.find((way) => way !== 'direct_debit') ?? placed.ways[0]!,
    parts: '',
    titulaire: '',
    iban: '',
  });
  const last = await signupPage(who, 'verifier', today);
  if (!('mark' in last)) return;
  const moment = { at: 'ce matin', address: '192.0.2.1', agent: 'Démonstration' };
  const sent = await sendSignup(who, { seen: last.mark, agreed: true, moment, userId: null }, today);
  if (!sent.ok) throw new Error(sent.reason);
}
