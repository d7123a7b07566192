import { daysBetween, shortDay } from '#kernel/day.ts';
import type { Index, KnownSlip } from './match-known.ts';
import type { Proposal } from './proposal.ts';
import type { BankLine } from './statement.ts';
import { fold, stem } from './words.ts';

/** Words of labels by which a slip of this kind of payment reaches the account. */
const slipWords: Record<string, RegExp> = {
  cheque: /\b(cheques?|chq|rem chq|remise)\b/,
  cash: /\b(especes|versement|vrst|remise|depot)\b/,
  meal_voucher: /\b(titres?|tickets?|restaurant|cnt[rs]|remise)\b/,
};

/** A slip of cheques, cash or vouchers handed to the bank: its total, its number in the label. */
export function slips(line: BankLine, index: Index): Proposal[] {
  if (line.amount <= 0) return [];
  const text = fold(line.label);
  const found = index.known.slips.filter(
    ({ total, day }) => total === line.amount && daysBetween(day, line.day) >= -1 && daysBetween(day, line.day) <= 60,
  );
  const told = (slip: KnownSlip): Proposal => {
    const numbered = text.split(' ').some((word) => /^0*[1-9]\d*$/.test(word) && Number(word) === slip.number);
    const worded = slipWords[slip.kind]?.test(text) ?? /\bremise\b/.test(text);
    const sure = (numbered && worded) || (worded && found.length === 1);
    const why = [
      `bordereau n° ${slip.number} du ${shortDay(slip.day)} (${slip.method})`,
      'total exact',
      numbered ? 'numéro cité' : worded ? 'le libellé parle d’une remise' : '',
    ];
    return {
      target: { kind: 'slip', id: slip.id },
      confidence: sure ? 'sure' : worded || numbered ? 'likely' : 'possible',
      why: why.filter(Boolean),
    };
  };
  return found.map(told);
}

/** Transfers that the garden sent: a file of refunds, by its reference or its total; one that was written by hand. */
export function sent(line: BankLine, index: Index): Proposal[] {
  if (line.amount >= 0 || line.returnReason) return [];
  const taken = -line.amount;
  const files = index.known.transfers.flatMap((one): Proposal[] => {
    const named = one.reference === line.messageId || one.endToEnds.includes(line.endToEnd);
    const exact = one.total === taken;
    const away = Math.abs(daysBetween(one.on, line.day));
    if (!exact || (!named && away > 10)) return [];
    const why = [one.name, 'total exact', named ? 'même référence' : `à ${away} jours de sa date`];
    return [{ target: { kind: 'transfers', id: one.batch }, confidence: named ? 'sure' : 'likely', why }];
  });
  const words = new Set(fold(`${line.label} ${line.counterparty}`).split(' '));
  const alone = index.known.payments.flatMap((one): Proposal[] => {
    if (one.direction !== 'out' || one.amount !== taken || Math.abs(daysBetween(one.day, line.day)) > 15) return [];
    const byReference = line.endToEnd !== '' && line.endToEnd === one.endToEnd;
    const named = fold(one.name)
      .split(' ')
      .every((word) => words.has(word));
    const why = [
      `remboursement à ${one.name} du ${shortDay(one.day)}`,
      'montant exact',
      byReference ? 'même référence' : named ? 'même nom' : '',
    ];
    return [
      {
        target: { kind: 'payment', id: one.id },
        confidence: byReference ? 'sure' : named ? 'likely' : 'possible',
        why: why.filter(Boolean),
      },
    ];
  });
  return [...files, ...alone];
}

type Hint = { words: RegExp; sign: 1 | -1; account: string; why: string };
const hints: Hint[] = [
  {
    words: /\b(frais|commissions?|cotisation (carte|cb|offre|compte)|tenue de compte|agios|abonnement (internet|pro|banque)|facturation)\b/,
    sign: -1,
    account: '627000',
    why: 'le libellé parle de frais',
  },
  {
    words: /\b(remise|rem|vent|encaissements?) (cb|carte|cartes)\b|\btelecollecte\b/,
    sign: 1,
    account: '511500',
    why: 'le libellé parle de cartes bancaires',
  },
  {
    words: /\b(subventions?|drieets|deets|ddets|asp|aide au poste|conseil (departemental|regional)|prefecture|france travail)\b/,
    sign: 1,
    account: '740000',
    why: 'le libellé parle d’aide publique',
  },
  { words: /\b(dons?|mecenat|helloasso)\b/, sign: 1, account: '754100', why: 'le libellé parle d’un don' },
  {
    words: /\b(virement interne|vir(t|ement)? (de )?compte a compte|epargne|livret)\b/,
    sign: 1,
    account: '580000',
    why: 'le libellé parle d’un virement interne',
  },
  {
    words: /\b(virement interne|vir(t|ement)? (de )?compte a compte|epargne|livret)\b/,
    sign: -1,
    account: '580000',
    why: 'le libellé parle d’un virement interne',
  },
];

/** Another account: the one that lines saying the same were posted to before; else what its words hint at. Never sure: somebody looks at it. */
export function accounts(line: BankLine, index: Index): Proposal[] {
  if (line.returnReason) return [];
  const always = stem(`${line.label} ${line.counterparty}`);
  const habit = always.length >= 4 ? index.habits.get(habitKey(line.amount, always)) : undefined;
  if (habit) return [{ target: { kind: 'account', account: habit }, confidence: 'likely', why: ['comme la dernière fois'] }];
  const text = fold(`${line.label} ${line.counterparty}`);
  const hint = hints.find(({ words, sign }) => sign === Math.sign(line.amount) && words.test(text));
  return hint
    ? [
        {
          target: { kind: 'account', account: hint.account },
          confidence: hint.sign < 0 && hint.account === '627000' ? 'likely' : 'possible',
          why: [hint.why],
        },
      ]
    : [];
}

/** Habits are kept apart for what is received and what is paid. */
export const habitKey = (amount: number, always: string): string => `${Math.sign(amount)} ${always}`;
