import { expect, test } from 'vitest';
import { reasonIn } from './return-words.ts';
import { fold } from './words.ts';

test.each([
  ['PRLV SEPA IMPAYÉ – PROVISION INSUFFISANTE', 'AM04'],
  ['REJET PRELEVEMENT MD06 REF P-1', 'MD06'],
  ['Rejet prlv : compte clôturé', 'AC04'],
  ['RETOUR PRLV OPPOSITION DU DEBITEUR', 'MS02'],
  ['REJET PRLV', 'MS03'],
  ['PRLV EDF', ''],
  ['FRAIS REJET PRELEVEMENT', ''],
])('%s → %s', (label, code) => expect(reasonIn(fold(label))).toBe(code));
