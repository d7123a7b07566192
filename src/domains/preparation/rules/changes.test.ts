import { expect, test } from 'vitest';
import type { ComparedBasket, ReceivedBasket, ShapingRequest } from '#domains/subscriptions/rules/expected.ts';
import { type ChangeKind, countChanges, whatChanged } from './changes.ts';

const basket = (more: Partial<ReceivedBasket> = {}): ReceivedBasket => ({
  ...{ deliveryId: 43, tourId: 1, slotId: 10, productId: 1, quantity: 1, ...more },
});
const asked = (kind: ShapingRequest['kind'], more: Partial<ShapingRequest> = {}): ShapingRequest => ({
  ...{ kind, year: 2025, week: 43, toYear: null, toWeek: null, untilYear: null, untilWeek: null, note: '', brought: false, ...more },
});
const compared = (more: Partial<ComparedBasket> = {}): ComparedBasket => ({
  ...{ subscriptionId: 7, customerId: 3, now: basket(), before: basket({ deliveryId: 42 }), state: 'expected', first: false },
  ...{ resumesOn: null, slotClosed: false, requests: [], ...more },
});

const cases: [string, Partial<ComparedBasket>, ChangeKind[][]][] = [
  ['the same basket as before is no news', {}, []],
  ['a first basket', { before: null, first: true }, [['new']]],
  ['over, with a basket before', { now: null, state: 'over' }, [['ended']]],
  ['over, told already', { now: null, before: null, state: 'over' }, []],
  ['renewed from later on', { now: null, state: 'over', resumesOn: '2026-01-07' }, [['absent']]],
  ['not its week: neither new nor gone', { now: null, state: 'away' }, []],
  ['cancelled', { now: null, requests: [asked('cancel')] }, [['absent']]],
  ['still absent', { now: null, before: null, requests: [asked('cancel')] }, []],
  ['taken off by hand', { now: null, requests: [asked('manual')] }, [['absent', 'by_hand']]],
  ['was absent last time', { before: null }, [['back']]],
  ['another depot: told at both', { now: basket({ slotId: 20 }) }, [['depot'], ['left']]],
  ['another depot and another basket', { now: basket({ slotId: 20, productId: 2 }) }, [['depot', 'product'], ['left']]],
  ['another quantity', { now: basket({ quantity: 2 }) }, [['quantity']]],
  ['doubled this week', { now: basket({ quantity: 2 }), requests: [asked('double')] }, [['doubled']]],
  ['doubled the last time', { before: basket({ quantity: 2 }) }, [['quantity']]],
  ['doubled both times', { now: basket({ quantity: 2 }), before: basket({ quantity: 2 }), requests: [asked('double')] }, []],
  ['made up in a week of its own', { now: basket({ quantity: 2 }), requests: [asked('make_up')] }, [['made_up']]],
  [
    'put off to a week that is not its own',
    { before: null, state: 'away', requests: [asked('postpone', { week: 42, brought: true })] },
    [['made_up']],
  ],
  ['out of its weeks without a word', { before: null, state: 'away' }, [['made_up']]],
  ['written by hand', { now: basket({ quantity: 3 }), requests: [asked('manual')] }, [['quantity', 'by_hand']]],
  ['another price by hand changes nothing to prepare', { requests: [asked('manual')] }, []],
];
test.each(cases)('%s', (_, more, kinds) => {
  expect(whatChanged(compared(more)).map((change) => change.kinds)).toEqual(kinds);
});

test('who changes tour is told on each, at the stop of each', () => {
  const changes = whatChanged(compared({ now: basket({ tourId: 2, slotId: 20 }) }));
  expect(changes.map(({ tourId, slotId }) => [tourId, slotId])).toEqual([
    [2, 20],
    [1, 10],
  ]);
});

test('kinds are counted', () => {
  const all = [compared({ before: null, first: true }), compared({ now: basket({ slotId: 20, productId: 2 }) })].flatMap(whatChanged);
  expect(countChanges(all)).toEqual({ new: 1, depot: 1, left: 1, product: 1 });
});
