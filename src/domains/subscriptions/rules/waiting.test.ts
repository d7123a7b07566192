import { expect, test } from 'vitest';
import { isStanding, mayOffer, offerMessage, waitingState } from './waiting.ts';

test('an offer holds up to its last day, then is over by itself', () => {
  const offered = { state: 'offered', offeredUntil: '2025-10-27' } as const;
  expect(waitingState(offered, '2025-10-27')).toBe('offered');
  expect(waitingState(offered, '2025-10-28')).toBe('expired');
  expect(waitingState({ state: 'waiting', offeredUntil: null }, '2025-10-28')).toBe('waiting');
  expect([mayOffer('waiting'), mayOffer('expired'), mayOffer('offered'), mayOffer('accepted')]).toEqual([true, true, false, false]);
  expect([isStanding('expired'), isStanding('withdrawn')]).toEqual([true, false]);
});

test('the letter says what, where, and until when', () => {
  const letter = {
    customer: 'Zoé Zola',
    wanted: 'Simple, chaque semaine',
    place: 'Mairie, mercredi',
    until: '2026-01-03',
    today: '2025-12-28',
    garden: { name: 'Jardin d’essai', phone: '', email: 'bonjour@exemple.test' },
  };
  const { subject, text } = offerMessage(letter);
  expect(subject).toBe('Une place vous attend : Mairie, mercredi');
  expect(text).toContain('jusqu’au samedi 3 janvier 2026 compris');
  expect(text).toContain('à bonjour@exemple.test');
  expect(offerMessage({ ...letter, today: '2026-01-01' }).text).toContain('jusqu’au samedi 3 janvier compris');
});
