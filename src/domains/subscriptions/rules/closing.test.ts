import { expect, test } from 'vitest';
import { closingMessage, sayStretch } from './closing.ts';

const garden = { name: 'Jardin d’essai', phone: '03 29 00 00 00', email: '' };
const instead = { date: '2025-12-03', depot: 'Gare', address: '1 place de la Gare, Épinal', pickup: '16h-19h' };

test('a stretch of days as people say it', () => {
  expect(sayStretch('2025-12-03', '2025-12-03')).toBe('le mercredi 3 décembre');
  expect(sayStretch('2025-12-01', '2025-12-10')).toBe('du 1er au 10 décembre');
  expect(sayStretch('2025-10-29', '2025-11-05')).toBe('du mercredi 29 octobre au mercredi 5 novembre');
  expect(sayStretch('2025-12-24', '2026-01-07')).toBe('du mercredi 24 décembre au mercredi 7 janvier 2026');
});

test('the letter says where each basket is collected, and what has no delivery', () => {
  const both = closingMessage({
    customer: 'Zoé Zola',
    depot: 'Mairie',
    from: '2025-12-03',
    until: '2025-12-10',
    reason: 'travaux',
    baskets: [
      { date: '2025-12-03', what: '1 Simple', instead },
      { date: '2025-12-10', what: '1 Simple', instead: null },
    ],
    garden,
  });
  expect(both.subject).toBe('Votre panier : Mairie est fermé du 3 au 10 décembre');
  expect(both.text).toContain('- mercredi 3 décembre : 1 Simple, à retirer à Gare, 1 place de la Gare, Épinal (retrait : 16h-19h).');
  expect(both.text).toContain('- mercredi 10 décembre : 1 Simple. Pas de livraison à Mairie ce jour-là.');
  expect(both.text).toContain('joignez-nous au 03 29 00 00 00');
  expect(both.text).toContain('(travaux)');
});

test('another day is told beside the usual one', () => {
  const { text } = closingMessage({
    customer: '',
    depot: 'Mairie',
    from: '2025-12-03',
    until: '2025-12-03',
    reason: '',
    baskets: [{ date: '2025-12-03', what: '2 Simple', instead: { ...instead, date: '2025-12-05', pickup: '' } }],
    garden,
  });
  expect(text).toContain('Bonjour,');
  expect(text).toContain('- vendredi 5 décembre au lieu du mercredi 3 décembre : 2 Simple, à retirer à Gare, 1 place de la Gare, Épinal.');
  expect(text).toContain('Une question ? Joignez-nous');
});
