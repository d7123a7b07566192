import { type RawBuilder, sql } from 'kysely';
import type { ExportRow } from '../rules/self-export.ts';

const euros = (column: RawBuilder<unknown>) => sql`(${column} / 100.0)::float8`;

/** All that is kept of a customer about the price that was agreed with her: whoever sent her, what was agreed, who pays the rest, who looked at it. By subject. */
export const helpSections = (customer: number): Record<string, RawBuilder<ExportRow>> => ({
  'Mon prix convenu': sql`
    select g.name as "Programme", p.starts_on as "Du", p.ends_on as "Au", p.place as "Commune", p.household as "Personnes au foyer", upper(p.affiliation) as "Caisse",
      p.reference as "Référence", case p.at_end when 'ordinary' then 'au prix de tous' when 'renewal' then 'à revoir ensemble' else 'les paniers s’arrêtent' end as "Ensuite",
      p.end_reason as "Raison de la fin",
      (select o.name from referral r join prescriber o on o.garden_id = r.garden_id and o.id = r.prescriber_id
        where r.garden_id = p.garden_id and r.path_id = p.id order by r.id limit 1) as "Orienté par",
      (select r.proof_seen_on from referral r where r.garden_id = p.garden_id and r.path_id = p.id order by r.id limit 1) as "Justificatif vu le",
      (select min(t.day) from path_notice t where t.garden_id = p.garden_id and t.path_id = p.id and t.addressee = 'person' and t.reached) as "Fin annoncée le"
    from path p join programme g on g.garden_id = p.garden_id and g.id = p.programme_id
    where p.garden_id = app_garden() and p.customer_id = ${customer} order by p.starts_on, p.id`,
  'Mes demandes de prix convenu': sql`
    select r.received_on as "Reçue le", o.name as "Par", r.last_name as "Nom", r.first_name as "Prénom", r.phone as "Téléphone", r.email as "E-mail", r.place as "Commune",
      r.household as "Personnes au foyer", upper(r.affiliation) as "Caisse", r.reference as "Référence", r.months as "Mois demandés",
      case r.proof when 'income' then 'revenus' when 'benefit' then 'prestation sociale' when 'student' then 'statut étudiant' else 'situation appréciée' end as "Justificatif",
      r.proof_seen_on as "Vu le", r.informed_on as "Accord donné le",
      case r.state when 'sent' then 'reçue' when 'waiting' then 'en attente' when 'accepted' then 'acceptée' when 'refused' then 'refusée' else 'retirée' end as "État",
      r.reason as "Réponse du jardin", r.out_of_turn as "Passée avant son tour", r.erased_on as "Effacée le"
    from referral r left join prescriber o on o.garden_id = r.garden_id and o.id = r.prescriber_id
    where r.garden_id = app_garden() and r.customer_id = ${customer} order by r.received_on, r.id`,
  'Qui paie mes paniers': sql`
    select l.day as "Jour", d.name as "Panier", coalesce(f.name, 'vous') as "Payé par", ${euros(sql`sum(l.cents)`)} as "Montant"
    from payer_line l
    join path p on p.garden_id = l.garden_id and p.id = l.path_id and p.customer_id = ${customer}
    join product d on d.garden_id = l.garden_id and d.id = l.product_id
    left join funder f on f.garden_id = l.garden_id and f.id = l.funder_id
    where l.garden_id = app_garden() group by l.day, d.name, f.id, f.name having sum(l.cents) <> 0 order by l.day, f.id nulls first`,
  'Qui a consulté mon prix convenu': sql`
    select distinct l.day as "Jour", coalesce(u.name, 'une personne partie depuis') as "Personne du jardin"
    from solidarity_reading l left join auth."user" u on u.id = l.user_id
    where l.garden_id = app_garden() and (
      l.what = 'path' and l.record_id in (select id from path where garden_id = app_garden() and customer_id = ${customer})
      or l.what = 'referral' and l.record_id in (select id from referral where garden_id = app_garden() and customer_id = ${customer})) order by 1, 2`,
});
