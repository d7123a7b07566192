import { expect, test } from 'vitest';
import { z } from 'zod';
import { gardenForm } from './schema.ts';
import { gardenSettings, readSettings, settingsGiven, withSettings } from './settings.ts';

const form = z.object(settingsGiven);

test('a setting that a form leaves out stays as it is, and so does what this version does not know', () => {
  const stored = { ...readSettings({ startsWhen: 'contract', doubledCap: 12 }), ofLater: 'kept' };
  const given = form.parse({ cutoffHours: '48' });
  expect(given).toEqual({ cutoffHours: 48 });
  expect(withSettings(stored, given)).toEqual({ ...stored, cutoffHours: 48 });
  expect(withSettings(null, given)).toEqual({ cutoffHours: 48 });
});

test('an emptied cap is no cap; every setting can be given', () => {
  expect(form.parse({ doubledCap: '' })).toEqual({ doubledCap: null });
  expect(withSettings({ doubledCap: 12 }, form.parse({ doubledCap: '' }))).toEqual({ doubledCap: null });
  expect(form.parse({ doubledCap: '5', offerDays: '3' })).toEqual({ doubledCap: 5, offerDays: 3 });
  expect(Object.keys(settingsGiven)).toEqual(Object.keys(gardenSettings.shape));
  expect(form.safeParse({ offerDays: '0' }).success).toBe(false);
});

test('where the garden is, and its roads, as people write them', () => {
  const typed = { startLatitude: ' 48,1744 ', startLongitude: '-1.5', roadFactor: '1,25', roadSpeed: '50', stopMinutes: '10' };
  expect(form.parse(typed)).toEqual({ startLatitude: 48.1744, startLongitude: -1.5, roadFactor: 1.25, roadSpeed: 50, stopMinutes: 10 });
  expect(form.parse({ startLatitude: '', startLongitude: '' })).toEqual({ startLatitude: null, startLongitude: null });
  for (const wrong of [
    { startLatitude: '91' },
    { startLatitude: 'ici' },
    { roadFactor: '0,5' },
    { roadSpeed: '0' },
    { stopMinutes: '' },
    { roadFactor: '' },
  ])
    expect(form.safeParse(wrong).success, JSON.stringify(wrong)).toBe(false);
  const both = (more: Record<string, string>) => gardenForm.safeParse({ version: '1', name: 'Jardin', ...more }).success;
  expect([both({}), both({ startLatitude: '48' }), both({ startLatitude: '48', startLongitude: '6' })]).toEqual([true, false, true]);
});
