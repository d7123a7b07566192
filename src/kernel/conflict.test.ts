import { expect, test } from 'vitest';
import { changedMeanwhile } from './conflict.ts';

test('only the fields that differ are told, with what the record says now', () => {
  const stored = { name: 'Mairie', city: '', phone: '03' };
  const answer = changedMeanwhile('Cette fiche', stored, { name: 'La mairie', city: 'Épinal', phone: '03' }, (field) => stored[field]);
  expect(answer.reason).toMatch(/^Cette fiche vient d’être modifiée /);
  expect(answer.fields).toEqual({ name: 'Maintenant enregistré : « Mairie ».', city: 'Maintenant effacé par quelqu’un d’autre.' });
});
