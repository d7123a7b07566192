import { expect, test } from 'vitest';
import { z } from 'zod';
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
