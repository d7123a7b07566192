import { expect, test } from 'vitest';
import { type HistoryEntry, tellEntry } from '#platform/audit/say.ts';
import { gardenTrail } from './labels.ts';
import { settingNames } from './labels-settings.ts';
import { gardenSettings } from './settings.ts';

const tell = (before: unknown, after: unknown, action: HistoryEntry['action'] = 'update') =>
  tellEntry(
    {
      ...{ id: 1, at: new Date(0), person: 'Camille', batch: null, table: 'garden', rowId: 1, action },
      before: action === 'insert' ? null : { settings: before },
      after: { settings: after },
    },
    gardenTrail,
    {},
    () => true,
  );

test('each setting has a name, and no other', () => {
  expect(Object.keys(settingNames).toSorted()).toEqual(Object.keys(gardenSettings.shape).toSorted());
});

test('a change of settings tells each one that changed, before and after, in words', () => {
  const told = tell(
    { cutoffHours: 24, vatLiable: true, debtLimitCents: null, activities: ['baskets'] },
    { cutoffHours: 48, vatLiable: true, debtLimitCents: 8000, activities: ['baskets', 'eggs'], holidays: 'reunion', later: 'x' },
  );
  expect(told!.what).toBe('Jardin : modification');
  expect(told!.changes.map(({ label, before, after }) => [label, before, after?.replace(/\s/g, ' ')])).toEqual([
    ['Délai avant la préparation', '24 heures', '48 heures'],
    // What was never said is what a garden starts with.
    ['Jours fériés', 'France métropolitaine', 'La Réunion'],
    ['Garder les paniers au-delà de', 'jamais', '80,00 €'],
    ['Activités du jardin', 'Paniers de légumes', 'Paniers de légumes, Œufs'],
  ]);
});

test('of a setting that holds several things, only what changed', () => {
  const told = tell({ newsletter: { title: 'Le petit chou' } }, { newsletter: { title: 'La feuille', dates: 6, blocks: ['news'] } });
  expect(told!.changes).toEqual([
    { label: 'Titre de la feuille de chou', before: 'Le petit chou', after: 'La feuille' },
    {
      label: 'Parties de la feuille de chou',
      before: 'le contenu, les nouvelles, la recette, les dates, à rapporter',
      after: 'les nouvelles',
    },
    { label: 'Dates annoncées', before: '4', after: '6' },
  ]);
});

test('settings that mean the same are no change; what cannot be read is told as it stands, never as JSON of the whole', () => {
  expect(tell({}, { cutoffHours: 24 })).toBeNull();
  expect(tell({ cutoffHours: 'beaucoup' }, { cutoffHours: 36 })!.changes).toContainEqual({
    label: 'Délai avant la préparation',
    before: 'beaucoup heure',
    after: '36 heures',
  });
  expect(JSON.stringify(tell({}, { cutoffHours: 36 }, 'insert'))).not.toMatch(/\{\\"/);
});
