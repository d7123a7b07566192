import { describe, expect, it } from 'vitest';
import { fieldId, isTicked, shownChoices, shownValue } from './form.ts';

describe('what a field shows', () => {
  it('is the value, until the form comes back with what was typed', () => {
    expect(shownValue('name', 'Barré', null)).toBe('Barré');
    expect(shownValue('name', 'Barré', { values: { name: 'Bar' } })).toBe('Bar');
    expect(shownValue('name', 'Barré', { values: { name: '' } })).toBe('');
    expect(shownValue('name', 'Barré', { values: { other: 'x' } })).toBe('Barré');
  });
  it('is an empty text for nothing, and zero for zero', () => {
    expect(shownValue('name', null, undefined)).toBe('');
    expect(shownValue('price', 0, undefined)).toBe('0');
  });
});

describe('choices', () => {
  it('are the given ones, then the ticked ones, then none', () => {
    expect([...shownChoices('days', [3, 5], null)]).toEqual(['3', '5']);
    expect([...shownChoices('days', ['3'], { values: { days: ['5'] } })]).toEqual(['5']);
    expect([...shownChoices('days', ['3'], { values: {} })]).toEqual([]);
    expect([...shownChoices('day', 'x', null)]).toEqual(['x']);
  });
  it('a box unticked by the person stays unticked', () => {
    expect(isTicked('news', true, null)).toBe(true);
    expect(isTicked('news', true, { values: {} })).toBe(false);
    expect(isTicked('news', false, { values: { news: 'on' } })).toBe(true);
    expect(isTicked('news', null, null)).toBe(false);
  });
});

it('two forms of a page have fields of their own', () =>
  expect([fieldId('email'), fieldId('email', 'b')]).toEqual(['champ-email', 'champ-b-email']));
