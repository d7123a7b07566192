import { proposeImport } from '#domains/imports/index.server.ts';
import type { Day } from '#kernel/day.ts';
import type { Actor } from '#platform/access/actor.ts';

/** People met at an open day, as somebody typed them in a spreadsheet: three lines are wrong, each in its own way. */
export const newCustomersFile = (year: number): string =>
  [
    'N°;Civilité;Nom;Prénom;Adresse;CP;Ville;Téléphone;E-mail;Catégorie;Adhésion du;au;Montant adhésion;Solde',
    `3001;Mme;Lorrain;Perrine;12 rue du Lavoir;57000;Metz;06 39 98 40 11;perrine.lorrain@exemple.test;Particulier;01/01/${year};31/12/${year};5,00;0,00`,
    `3002;M.;Keller;Thibault;3 chemin de la Côte;57950;Montigny-lès-Metz;06 39 98 40 12;;Particulier;01/01/${year};31/12/${year};5,00;0,00`,
    `3003;Mme;;Solène;27 rue Pasteur;57140;Woippy;06 39 98 40 13;;Particulier;01/01/${year};31/12/${year};5,00;0,00`,
    `3004;M.;Humbert;Loïc;8 rue Haute;57155;Marly;06 39 98 40 14;loic.humbert@exemple.test;Particulier;31/02/${year};31/12/${year};5,00;0,00`,
    `3005;Mme;Nguyen;Alice;61 rue des Écoles;57000;Metz;06 39 98 40 15;alice.nguyen@exemple.test;Particulier;01/01/${year};31/12/${year};trente euros;0,00`,
    `3006;M.;Toussaint;Youssef;19 rue du Moulin;57100;Thionville;;youssef.toussaint@exemple.test;Particulier;01/01/${year};31/12/${year};30,00;0,00`,
  ].join('\r\n');

/** An import that somebody proposed and nobody has applied yet. */
export async function leaveImportWaiting(actor: Actor, today: Day): Promise<void> {
  const year = Number(today.slice(0, 4));
  const files = [{ name: 'portes-ouvertes.csv', content: Buffer.from(newCustomersFile(year), 'utf8') }];
  const proposed = await proposeImport(actor, { files, year, name: 'Inscriptions des portes ouvertes' }, { today });
  if (!proposed.ok) throw new Error(proposed.reason);
}
