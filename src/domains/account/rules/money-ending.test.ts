import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addDays } from '#kernel/day.ts';
import { endingOf, endingWishes, sayNotice } from './money-ending.ts';

const notice = { endsOn: '2026-06-30', noticeDays: 30, trial: false, proposed: '2025-11-19' };

test('after the notice, at the term, or on a later day', () => {
  expect(endingOf('soonest', null, notice)).toEqual({ how: { on: '2025-11-19' } });
  expect(endingOf('term', null, notice)).toEqual({ how: 'term' });
  expect(endingOf('day', '2026-01-15', notice)).toEqual({ how: { on: '2026-01-15' } });
  expect(endingOf('day', '2025-11-18', notice)).toEqual({ why: 'Au plus tôt le mercredi 19 novembre 2025.' });
  expect(endingOf('day', '2026-07-01', notice)).toEqual({ why: 'Cet abonnement s’arrête déjà le mardi 30 juin 2026.' });
  expect(endingOf('day', null, notice)).toEqual({ why: 'Choisissez le dernier jour.' });
  expect(endingOf('soonest', null, { ...notice, proposed: '2026-06-30' })).toEqual({ how: 'term' });
});

test('whatever is wished, nothing ends before the notice nor after the term', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...endingWishes),
      fc.integer({ min: -400, max: 400 }),
      fc.integer({ min: 0, max: 300 }),
      (wish, at, days) => {
        const proposed = addDays('2025-10-20', days);
        const ending = endingOf(wish, addDays('2025-10-20', at), { ...notice, proposed });
        if ('how' in ending && ending.how !== 'term') {
          expect(ending.how.on >= proposed).toBe(true);
          expect(ending.how.on <= notice.endsOn).toBe(true);
        }
      },
    ),
  );
});

test('the notice is told', () => {
  expect(sayNotice(notice)).toBe('Le préavis est de 30 jours, à compter d’aujourd’hui.');
  expect(sayNotice({ ...notice, trial: true })).toContain('à l’essai');
  expect(sayNotice({ ...notice, noticeDays: 0 })).toContain('pas de préavis');
  expect(sayNotice({ ...notice, proposed: '2026-06-30' })).toContain('jusqu’au terme');
});
