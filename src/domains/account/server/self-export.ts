import { type RawBuilder, sql } from 'kysely';
import { ownPrice } from '#domains/billing/index.server.ts';
import { frequencyLabels } from '#domains/subscriptions/labels.ts';
import { type Own, requireOwn } from '#platform/access/own.ts';
import { readInGarden } from '#platform/db/tenancy.ts';
import { writeCsv } from '#platform/files/table.ts';
import { writeZip } from '#platform/files/zip-write.ts';
import { type ExportRow, readMe, type Section } from '../rules/self-export.ts';
import { helpSections } from './self-export-help.ts';

const euros = (column: RawBuilder<unknown>) => sql`(${column} / 100.0)::float8`;
/** Prices are those that she owes. */
const ownBasket = ownPrice({ subscription: 's.id', day: 'l.date', price: 'b.price_cents' });
const ownUsual = ownPrice({ subscription: 's.id', day: 's.starts_on', price: 's.price_cents' });
const moment = (column: RawBuilder<unknown>) => sql`to_char(${column} at time zone 'Europe/Paris', 'YYYY-MM-DD HH24:MI')`;

/** All that a garden keeps of a customer, by subject, in words she can read. `c`: her record. */
const sections = (customer: number): Record<string, RawBuilder<ExportRow>> => ({
  'Ma fiche': sql`
    select number as "Numéro", civility as "Civilité", last_name as "Nom", first_name as "Prénom", address as "Adresse", postcode as "Code postal", city as "Ville",
      phone as "Téléphone", email as "E-mail", category as "Catégorie", volunteer as "Bénévolat", payment_method as "Mode de règlement", notes as "Notes du jardin",
      ${moment(sql`created_at`)} as "Créée le"
    from customer where garden_id = app_garden() and id = ${customer}`,
  'Mon foyer': sql`
    select name as "Nom", phone as "Téléphone" from household_member where garden_id = app_garden() and customer_id = ${customer} order by id`,
  'Mes adhésions': sql`
    select starts_on as "Du", ends_on as "Au", ${euros(sql`amount_cents`)} as "Montant" from membership
    where garden_id = app_garden() and customer_id = ${customer} order by starts_on`,
  'Mes abonnements': sql`
    select coalesce(n.name, p.name) as "Formule", p.name as "Panier", s.quantity as "Quantité", s.frequency as "Fréquence", d.name as "Point de dépôt", t.name as "Tournée",
      ${euros(ownUsual.price)} as "Prix du panier", s.starts_on as "Du", s.ends_on as "Au", s.end_reason as "Raison de la fin"
    from subscription s
    join product p on p.garden_id = s.garden_id and p.id = s.product_id
    left join plan n on n.garden_id = s.garden_id and n.id = s.plan_id
    join slot o on o.garden_id = s.garden_id and o.id = s.slot_id
    join depot d on d.garden_id = o.garden_id and d.id = o.depot_id
    join tour t on t.garden_id = o.garden_id and t.id = o.tour_id
    ${ownUsual.join}
    where s.garden_id = app_garden() and s.customer_id = ${customer} order by s.starts_on, s.id`,
  'Mes paniers': sql`
    select l.date as "Jour", p.name as "Panier", b.quantity as "Quantité", d.name as "Point de dépôt", ${euros(ownBasket.price)} as "Prix"
    from subscription s
    join basket b on b.garden_id = s.garden_id and b.subscription_id = s.id
    join delivery l on l.garden_id = b.garden_id and l.id = b.delivery_id
    join product p on p.garden_id = b.garden_id and p.id = b.product_id
    join slot o on o.garden_id = b.garden_id and o.id = b.slot_id
    join depot d on d.garden_id = o.garden_id and d.id = o.depot_id
    ${ownBasket.join}
    where s.garden_id = app_garden() and s.customer_id = ${customer} order by l.date, b.id`,
  'Mes demandes': sql`
    select r.kind as "Demande", r.year as "Année", r.week as "Semaine", r.to_year as "Vers l’année", r.to_week as "Vers la semaine", ${moment(sql`r.created_at`)} as "Faite le",
      ${moment(sql`r.withdrawn_at`)} as "Retirée le"
    from subscription s join request r on r.garden_id = s.garden_id and r.subscription_id = s.id
    where s.garden_id = app_garden() and s.customer_id = ${customer} order by r.id`,
  'Mes factures': sql`
    select d.number as "Numéro", case d.kind when 'invoice' then 'Facture' else 'Avoir' end as "Document", d.day as "Date", d.due_on as "Échéance", d.title as "Objet",
      l.label as "Ligne", l.detail as "Détail", (l.quantity_milli / 1000.0)::float8 as "Quantité", ${euros(sql`l.gross_cents`)} as "Montant TTC", ${euros(sql`d.gross_cents`)} as "Total TTC du document"
    from document d join document_line l on l.garden_id = d.garden_id and l.document_id = d.id
    where d.garden_id = app_garden() and d.customer_id = ${customer} order by d.day, d.id, l.position`,
  'Mes règlements': sql`
    select p.day as "Jour", m.name as "Moyen", case p.direction when 'in' then 'Reçu' else 'Rendu' end as "Sens", ${euros(sql`p.amount_cents`)} as "Montant", p.state as "État",
      p.reference as "Référence", p.bank as "Banque", p.note as "Note"
    from payment p join payment_method m on m.garden_id = p.garden_id and m.id = p.method_id
    where p.garden_id = app_garden() and p.customer_id = ${customer} order by p.day, p.id`,
  'Mes mandats': sql`
    select reference as "Référence", iban as "IBAN", bic as "BIC", signed_on as "Signé le", ended_on as "Terminé le", evidence as "Preuve", evidence_note as "Accord donné"
    from mandate where garden_id = app_garden() and customer_id = ${customer} order by signed_on, id`,
  'Mes messages': sql`
    select ${moment(sql`created_at`)} as "Écrit le", channel as "Par", to_address as "À", subject as "Objet", body as "Texte", state as "État"
    from message where garden_id = app_garden() and customer_id = ${customer} order by id`,
  'Mes préférences': sql`
    select kind as "Messages", wanted as "Souhaités", ${moment(sql`changed_at`)} as "Depuis" from message_preference
    where garden_id = app_garden() and customer_id = ${customer} order by kind`,
  'Mes ateliers': sql`
    select w.day as "Jour", w.title as "Atelier", e.seats as "Personnes", case e.state when 'enrolled' then 'inscrit' when 'waiting' then 'en attente' else 'désinscrit' end as "État",
      e.came as "Venus", case when e.photos_agreed then 'oui' when not e.photos_agreed then 'non' end as "D’accord pour les photos"
    from workshop_enrolment e join workshop w on w.garden_id = e.garden_id and w.id = e.workshop_id
    where e.garden_id = app_garden() and e.customer_id = ${customer} order by w.day, e.id`,
  ...helpSections(customer),
  'Mes retenues sur salaire': sql`
    select a.signed_on as "Autorisation signée le", a.starts_on as "Du", a.ends_on as "Au", ${euros(sql`a.most_cents`)} as "Plafond par mois", l.month as "Mois de paie",
      ${euros(sql`p.cents`)} as "Retenu"
    from pay_agreement a
    left join pay_line p on p.garden_id = a.garden_id and p.agreement_id = a.id
    left join pay_list l on l.garden_id = p.garden_id and l.id = p.list_id
    where a.garden_id = app_garden() and a.customer_id = ${customer} order by a.id, l.month`,
  'Mes demandes au jardin': sql`
    select kind as "Demande", ends_on as "Dernier jour", reason as "Raison", note as "Précision", state as "État", answer as "Réponse", ${moment(sql`asked_at`)} as "Faite le"
    from account_request where garden_id = app_garden() and customer_id = ${customer} order by id`,
  'Qui a regardé mon compte': sql`
    select l.day as "Jour", coalesce(u.name, 'une personne partie depuis') as "Personne du jardin"
    from account_look l left join auth."user" u on u.id = l.user_id
    where l.garden_id = app_garden() and l.customer_id = ${customer} order by l.id`,
});

const said = (row: ExportRow): ExportRow => {
  const frequency = row.Fréquence;
  return frequency ? { ...row, Fréquence: frequencyLabels[frequency as keyof typeof frequencyLabels] ?? frequency } : row;
};

/** All that the garden keeps of her, by subject. One query each. Asked by herself alone: staff who look at her account have it in the garden's own pages. */
export async function ownData(own: Own): Promise<Section[]> {
  const actor = requireOwn(own);
  return readInGarden(actor, (tx) =>
    Promise.all(
      Object.entries(sections(own.customerId)).map(async ([title, query]) => ({ title, rows: (await query.execute(tx)).rows.map(said) })),
    ),
  );
}

/** The same in one JSON document, for other programs. */
export async function ownDataJson(own: Own, about: { garden: string; at: Date }): Promise<string> {
  requireOwn(own);
  const parts = await ownData(own);
  const data = Object.fromEntries(parts.map(({ title, rows }) => [title, rows]));
  return JSON.stringify({ jardin: about.garden, 'édité le': about.at.toISOString(), ...data }, null, 2);
}

/** The same as tables that a spreadsheet opens, with a page that says what they are. */
export async function ownDataZip(own: Own, about: { garden: string; at: Date }): Promise<Buffer> {
  requireOwn(own);
  const parts = await ownData(own);
  const tables = parts.filter(({ rows }) => rows.length > 0);
  const files = tables.map(({ title, rows }) => {
    const headers = Object.keys(rows[0]!);
    const cell = (value: ExportRow[string]) => (typeof value === 'boolean' ? (value ? 'oui' : 'non') : value);
    return {
      name: `${title}.csv`,
      content: writeCsv(
        headers,
        rows.map((row) => headers.map((header) => cell(row[header] ?? null))),
      ),
    };
  });
  const first = { name: 'À lire d’abord.txt', content: new TextEncoder().encode(readMe(about.garden, parts)) };
  return writeZip([first, ...files], about.at);
}
