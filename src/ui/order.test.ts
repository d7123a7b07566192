import { describe, expect, it } from 'vitest';
import { moveTo, readOrder, shift } from './order.ts';

const list = ['a', 'b', 'c', 'd'];

describe('moving a row', () => {
  it('puts it where it is asked, the others keep their order', () => {
    expect(moveTo(list, 'd', 1)).toEqual(['a', 'd', 'b', 'c']);
    expect(moveTo(list, 'a', 2)).toEqual(['b', 'c', 'a', 'd']);
  });
  it('stops at the ends, and leaves the list alone for a stranger', () => {
    expect(moveTo(list, 'b', -5)).toEqual(['b', 'a', 'c', 'd']);
    expect(moveTo(list, 'b', 99)).toEqual(['a', 'c', 'd', 'b']);
    expect(moveTo(list, 'z', 0)).toEqual(list);
    expect(shift(list, 'a', -1)).toEqual(list);
    expect(shift(list, 'd', 1)).toEqual(list);
  });
  it('changes nothing of the list it was given', () => {
    shift(list, 'b', 1);
    expect(list).toEqual(['a', 'b', 'c', 'd']);
  });
});

describe('an order sent by a form', () => {
  it('is the order of its rows', () => expect(readOrder({ order: ['c', 'a', 'd', 'b'] }, list)).toEqual(['c', 'a', 'd', 'b']));
  it('then the button pressed', () => {
    expect(readOrder({ order: list, move: 'b:up' }, list)).toEqual(['b', 'a', 'c', 'd']);
    expect(readOrder({ order: list, move: 'b:down' }, list)).toEqual(['a', 'c', 'b', 'd']);
    expect(readOrder({ order: list, move: 'b:away' }, list)).toEqual(list);
  });
  it('loses nobody and lets nobody in', () => expect(readOrder({ order: ['d', 'z', 'd'] }, list)).toEqual(['d', 'a', 'b', 'c']));
});
