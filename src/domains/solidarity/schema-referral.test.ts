import { expect, test } from 'vitest';
import { referralForm } from './schema-referral.ts';

const filled = {
  ...{ prenom: 'Awa', nom: 'Diallo', telephone: '', email: 'awa@exemple.test', commune: 'Metz', foyer: '4', caisse: '', reference: '' },
  ...{ duree: '6', justificatif: 'income', vuLe: '10/03/2026', accord: 'on', cle: '00000000-0000-4000-8000-000000000000' },
};
const wrong = (more: object) => {
  const read = referralForm.safeParse({ ...filled, ...more });
  return read.success ? [] : read.error.issues.map(({ path }) => String(path[0])).sort();
};

test('one way to reach her, a household, three or six months, and her agreement', () => {
  expect(wrong({})).toEqual([]);
  expect(wrong({ email: '', telephone: '06 12 34 56 78' })).toEqual([]);
  // Both at once: nobody corrects a form twice.
  expect(wrong({ email: '', accord: '' })).toEqual(['accord', 'telephone']);
  expect(wrong({ foyer: '0' })).toEqual(['foyer']);
  expect(wrong({ foyer: '21' })).toEqual(['foyer']);
  expect(wrong({ duree: '12' })).toEqual(['duree']);
  expect(wrong({ caisse: 'cpam' })).toEqual(['caisse']);
  expect(wrong({ vuLe: '31/02/2026' })).toEqual(['vuLe']);
});
