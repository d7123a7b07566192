import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Journey, mayOpen, nextStep, type Step, steps, stepsOf } from './steps.ts';

const journeys = fc.record({ waits: fc.boolean(), options: fc.boolean(), known: fc.boolean() });

test('who waits for a place is asked neither dates nor money; who is known is not asked who she is', () => {
  const newcomer: Journey = { waits: false, options: true, known: false };
  expect(stepsOf(newcomer)).toEqual([...steps]);
  expect(stepsOf({ ...newcomer, waits: true })).toEqual(['panier', 'rythme', 'depot', 'vous', 'verifier']);
  expect(stepsOf({ waits: false, options: false, known: true })).toEqual(['panier', 'rythme', 'depot', 'debut', 'paiement', 'verifier']);
});

test('answering what is asked leads to the end, each step once, none skipped', () => {
  fc.assert(
    fc.property(journeys, (journey) => {
      const way = stepsOf(journey);
      const answered = new Set<Step>();
      const asked: Step[] = [];
      for (let step = nextStep(way, answered); step !== 'verifier'; step = nextStep(way, answered)) {
        asked.push(step);
        answered.add(step);
      }
      expect([...asked, 'verifier']).toEqual(way);
    }),
  );
});

test('a step opens when those before it are answered, whatever was answered after it', () => {
  fc.assert(
    fc.property(journeys, fc.subarray([...steps]), fc.constantFrom(...steps), (journey, some, step) => {
      const way = stepsOf(journey);
      const answered = new Set(some);
      const before = way.slice(0, way.indexOf(step));
      const open = mayOpen(step, way, answered) === null;
      expect(open).toBe(way.includes(step) && before.every((one) => answered.has(one)));
      // Where one is sent instead can be opened.
      const instead = mayOpen(step, way, answered);
      if (instead) expect(mayOpen(instead, way, answered)).toBeNull();
    }),
  );
});
