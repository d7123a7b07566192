import { expect, test } from 'vitest';
import { displacedLine, sayStretch } from './closing.ts';

const instead = { date: '2025-12-03', depot: 'Gare', address: '1 place de la Gare, Épinal', pickup: '16h-19h' };

test('a stretch of days as people say it', () => {
  expect(sayStretch('2025-12-03', '2025-12-03')).toBe('le mercredi 3 décembre');
  expect(sayStretch('2025-12-01', '2025-12-10')).toBe('du 1er au 10 décembre');
  expect(sayStretch('2025-10-29', '2025-11-05')).toBe('du mercredi 29 octobre au mercredi 5 novembre');
  expect(sayStretch('2025-12-24', '2026-01-07')).toBe('du mercredi 24 décembre au mercredi 7 janvier 2026');
});

test('where a basket is collected, and that it has no delivery', () => {
  expect(displacedLine({ date: '2025-12-03', what: '1 Simple', instead }, 'Mairie')).toBe(
    'mercredi 3 décembre : 1 Simple, à retirer à Gare, 1 place de la Gare, Épinal (retrait : 16h-19h).',
  );
  expect(displacedLine({ date: '2025-12-10', what: '1 Simple', instead: null }, 'Mairie')).toBe(
    'mercredi 10 décembre : 1 Simple. Pas de livraison à Mairie ce jour-là.',
  );
});

test('another day is told beside the usual one', () => {
  const other = { ...instead, date: '2025-12-05', pickup: '' };
  expect(displacedLine({ date: '2025-12-03', what: '2 Simple', instead: other }, 'Mairie')).toBe(
    'vendredi 5 décembre au lieu du mercredi 3 décembre : 2 Simple, à retirer à Gare, 1 place de la Gare, Épinal.',
  );
});
