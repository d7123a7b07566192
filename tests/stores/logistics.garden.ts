import { importDirectory } from '../../src/domains/imports/index.server.ts';
import { type Actor, actorOf } from '../../src/platform/access/actor.ts';
import type { Right } from '../../src/platform/access/rights.ts';
import { csv, newGarden } from './imports.garden.ts';

/** The day of these tests: Monday of week 43. */
export const today = '2025-10-20';

/**
 * Two tours, three stops, four customers. Week 1 is closed, the Friday of week 19 is delivered on Wednesday 7 May. In week 43 Émile puts
 * his basket off to week 44, Zoé cancels hers; the Friday stop has one place for two baskets.
 */
export async function smallGarden(slug: string): Promise<Actor> {
  const actor = await newGarden(slug);
  const files = [
    csv(
      'tournees.csv',
      'Code;Libellé;Jour de préparation;Jour de livraison;Couleur',
      'ME1;Mercredi – Bourg;mardi;mercredi;#2e7d32',
      'VE1;Vendredi – Vallée;jeudi;vendredi;#ef6c00',
    ),
    csv(
      'points-de-depot.csv',
      'N°;Nom;Adresse;CP;Ville;Téléphone;Référent;Tournée;Ordre;Heure de livraison;Retrait;Capacité;Catégorie;Mention;Mot de passe;Frais;Latitude;Longitude',
      '1;Mairie;1 place du Bourg;88000;Épinal;03 29 00 00 01;Anne;ME1;1;08h00;16h-19h;40;ouvert;;;0,00;48,1;6,4',
      '2;École;2 rue du Bourg;88000;Épinal;;Luc;ME1;2;08h20;;;réservé;passer par la cour;SECRET43;0,50;;',
      '3;Ferme;3 chemin du Val;88400;Gérardmer;;;VE1;1;09h00;10h-19h;1;professionnel;;;0,00;48,0;6,8',
    ),
    csv(
      'formules.csv',
      'Panier;Prix TTC;TVA;Prix cible départ;Marge souhaitée',
      'Simple;13,80;5,5 %;9,86;40 %',
      'Familial;23,70;5,5 %;16,93;40 %',
    ),
    csv('calendrier.csv', 'Année;Semaine;Tournée;Date de livraison;Remarque', '2025;1;;;fermeture', '2025;19;VE1;07/05/2025;8 mai'),
    csv(
      'adherents.csv',
      'N°;Civilité;Nom;Prénom;Téléphone;E-mail;Catégorie',
      '1001;M.;Émond;Émile;06 11 11 11 11;;Particulier',
      '1002;Mme;Zola;Zoé;06 22 22 22 22;;Particulier',
      '1003;;Abeille;Jean-Paul;;;Particulier',
      '1004;Mme;Eluard;Nusch;;;Particulier',
    ),
    csv(
      'abonnements.csv',
      'N° adhérent;Panier;Fréquence;Quantité;N° dépôt;Début;Fin;Prix TTC;Règlement',
      '1001;Simple;hebdomadaire;1;1;01/01/2025;31/12/2025;13,80;à terme échu',
      '1002;Simple;hebdomadaire;1;1;01/01/2025;31/12/2025;13,80;à terme échu',
      '1003;Familial;hebdomadaire;2;2;01/01/2025;31/12/2025;23,70;à terme échu',
      '1003;Simple;hebdomadaire;1;2;01/01/2025;31/12/2025;13,80;à terme échu',
      '1004;Simple;hebdomadaire;2;3;01/01/2025;31/12/2025;13,80;à terme échu',
      '1004;Familial;hebdomadaire;1;1;01/01/2025;31/12/2025;23,70;à terme échu',
    ),
    csv('absences.csv', 'N° adhérent;Panier;Semaine;Demande;Reporté en semaine', '1001;Simple;43;report;44', '1002;Simple;43;annulation;'),
  ];
  const done = await importDirectory(actor, { files, year: 2025 }, { today: '2024-12-20' });
  if (!done.ok) throw new Error(done.reason);
  if (done.value.report.rejected.length) throw new Error(JSON.stringify(done.value.report.rejected));
  return actor;
}

/** The same garden, with these rights only. */
export const only = (actor: Actor, ...rights: Right[]): Actor => actorOf(actor.gardenId, '', rights);
