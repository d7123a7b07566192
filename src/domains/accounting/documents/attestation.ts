import { type Day, shortDay } from '#kernel/day.ts';
import { ink, Paper } from '#platform/pdf/paper.ts';

export type Attested = { garden: string; legal: string; version: string; day: Day };

const size = 11;
const leading = 15.5;
/** To be written by hand: a rule is drawn there. */
const blank = '';

/** A part to read, and fields to fill. */
type Block = { title: string; subtitle: string; paragraphs: string[]; fields: [label: string, value: string][]; closing: string };

const publisher = (version: string): Block => ({
  title: 'Volet 1 : l’éditeur',
  subtitle: 'À remplir par l’éditeur, ou par le dernier à avoir modifié le code des encaissements.',
  paragraphs: [
    'L’éditeur soussigné atteste que le logiciel nommé ci-dessous respecte les conditions d’inaltérabilité, de sécurisation, de conservation et d’archivage des données en vue du contrôle de l’administration fiscale, prévues au 3° bis du I de l’article 286 du code général des impôts.',
    'Comment : un encaissement est une écriture que la base refuse de changer ou d’effacer, corrigée par son inverse ; écritures et clôtures sont chaînées par empreinte (SHA-256) ; les clôtures du jour, du mois et de l’exercice portent un total perpétuel ; les archives sont signées (Ed25519) et se vérifient avec « cocagne verify ».',
  ],
  fields: [
    ['Éditeur (nom, forme, SIREN)', blank],
    ['Représenté par (nom, qualité)', blank],
    ['Logiciel', 'Cocagne'],
    ['Version', version],
    ['Licence', 'AGPL-3.0 ou ultérieure (logiciel libre)'],
    ['Utilisé à compter du', blank],
    ['Fait à, le', blank],
  ],
  closing: 'Signature de l’éditeur',
});

const garden = ({ garden: name, legal }: Attested): Block => ({
  title: 'Volet 2 : le jardin',
  subtitle: 'À remplir par le jardin qui utilise le logiciel.',
  paragraphs: [
    'Le jardin soussigné certifie utiliser le logiciel nommé au volet 1 pour enregistrer les règlements de ses clients, sans en avoir changé le code des encaissements, et le garder dans une version qui satisfait à ces conditions.',
  ],
  fields: [
    ['Jardin', name],
    ['SIRET', legal || blank],
    ['Représenté par (nom, qualité)', blank],
    ['Utilise le logiciel depuis le', blank],
    ['Fait à, le', blank],
  ],
  closing: 'Signature du jardin',
});

/** The publisher's individual attestation (article 286, I-3° bis du CGI), to be completed and signed: what only people know is left to write. */
export function attestation(attested: Attested): Promise<Buffer> {
  const paper = new Paper('Attestation relative à l’utilisation d’un logiciel d’encaissement', attested.day);
  paper.addPage('portrait');
  const { left, right, top, bottom } = paper.frame;
  let y = top + 18;
  const write = (text: string, style: { size: number; weight?: 'bold'; color?: string }, gap = leading) => {
    for (const line of paper.wrap(text, right - left, style)) {
      paper.text(line, left, y, style);
      y += gap;
    }
  };
  write('Attestation individuelle', { size: 20, weight: 'bold' }, 24);
  write(
    'relative à l’utilisation d’un logiciel d’encaissement (article 286, I-3° bis du code général des impôts)',
    { size: 12, color: ink.grey },
    17,
  );
  for (const block of [publisher(attested.version), garden(attested)]) {
    y += 12;
    paper.rule(y - 12, left, right, { thickness: 1.2, color: ink.black });
    y += 8;
    write(block.title, { size: 14, weight: 'bold' }, 17);
    write(block.subtitle, { size: 10, color: ink.grey }, 19);
    for (const paragraph of block.paragraphs) {
      write(paragraph, { size });
      y += 5;
    }
    y += 4;
    for (const [label, value] of block.fields) {
      paper.text(label, left, y, { size: 10, color: ink.grey });
      if (value) paper.text(paper.shorten(value, right - left - 190, { size }), left + 190, y, { size });
      else paper.rule(y + 2, left + 190, right, { color: ink.grey });
      y += 20;
    }
    y += 6;
    paper.text(`${block.closing} :`, left, y, { size: 10, color: ink.grey });
    y += 40;
  }
  const foot = `Établie avec Cocagne ${attested.version} le ${shortDay(attested.day)}. Une fausse attestation expose à l’amende de l’article 1770 duodecies et aux peines de l’article 441-1 du code pénal.`;
  y = bottom - 14;
  write(foot, { size: 8.5, color: ink.grey }, 11);
  return paper.finish();
}
