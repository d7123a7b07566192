import { importDirectory, proposeImport } from '../../src/domains/imports/index.server.ts';
import type { Actor } from '../../src/platform/access/actor.ts';
import { contents, csv, type GivenFile } from './imports.garden.ts';

/** A small garden's files, and what tests of imports do with them. */

export const day = { today: '2024-12-20' };

export const tours = csv(
  'tournees.csv',
  'Code;Libellé;Jour de préparation;Jour de livraison',
  'ME;Mercredi;mardi;mercredi',
  'VE;Vendredi;jeudi;vendredi',
);
export const depots = csv(
  'depots.csv',
  'N°;Nom;Ville;Tournée;Ordre;Mot de passe',
  '1;Café du Marché;Épinal;ME;1;sésame',
  '2;Mairie;Golbey;ME;2;',
  '3;Pharmacie;Charmes;VE;1;',
);
export const products = csv('formules.csv', 'Panier;Prix TTC;TVA', 'Simple;13,80;5,5 %', 'Familial;23,70;5,5 %');
export const calendar = csv(
  'calendrier.csv',
  'Année;Semaine;Tournée;Date de livraison;Remarque',
  '2025;1;;;fermeture',
  '2025;19;ME;07/05/2025;pont',
);
export const customers = csv(
  'clients.csv',
  'N°;Nom;Prénom;Téléphone;Adhésion du;au;Montant adhésion;Solde',
  '1001;Lamy;Pierre;06 40 97 25 46;01/01/2025;31/12/2025;30,00;-12,50',
  '1002;Barré;Théo;;;;;0,00',
  '1003;Olivier;Chloé;;;;;4,00',
);
export const header = 'N° adhérent;Panier;Fréquence;Quantité;N° dépôt;Début;Fin;Prix TTC;Règlement';
export const subscriptions = csv(
  'abonnements.csv',
  header,
  '1001;Simple;hebdomadaire;1;1;01/01/2025;31/12/2025;13,80;à terme échu',
  '1002;Simple;semaines paires;2;3;01/01/2025;31/12/2025;;à terme échu',
);
export const requests = csv(
  'absences.csv',
  'N° adhérent;Panier;Semaine;Demande;Reporté en semaine',
  '1001;Simple;20;annulation;',
  '1002;Simple;22;report;23',
);
export const everything = [tours, depots, products, calendar, customers, subscriptions, requests];

export async function take(actor: Actor, files: GivenFile[], when = day) {
  const outcome = await importDirectory(actor, { files, year: 2025 }, when);
  if (!outcome.ok) throw new Error(outcome.reason);
  return outcome.value;
}

export async function propose(actor: Actor, files: GivenFile[], when = day): Promise<number> {
  const outcome = await proposeImport(actor, { files, year: 2025 }, when);
  if (!outcome.ok) throw new Error(outcome.reason);
  return outcome.value.batchId;
}

/** What a garden holds after all that. */
export const looking = (database: { ownerUrl: () => string }) => {
  const all = (actor: Actor) => contents(database.ownerUrl(), actor.gardenId);
  const rowsOf = async (actor: Actor, table: string): Promise<Record<string, unknown>[]> =>
    (await all(actor))[table]!.map((row) => JSON.parse(row));
  const baskets = async (actor: Actor) => (await all(actor)).basket!.length;
  return { all, rowsOf, baskets };
};
