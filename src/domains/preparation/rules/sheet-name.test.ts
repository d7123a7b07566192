import { expect, test } from 'vitest';
import { otherNames, otherPhones, sheetName } from './sheet-name.ts';

const customer = { number: '1001', lastName: 'Barré', firstName: 'Théo' };

test('customers are named on paper as the garden wants', () => {
  expect(sheetName(customer, 'full')).toBe('Barré Théo');
  expect(sheetName(customer, 'short')).toBe('Barré T.');
  expect(sheetName({ ...customer, firstName: 'jean-Pierre Marie' }, 'short')).toBe('Barré J.-P.');
  expect(sheetName(customer, 'number')).toBe('1001');
});

test('an organisation has one name', () => {
  const organisation = { number: '1002', lastName: 'Crèche Les Lutins', firstName: '' };
  expect(sheetName(organisation, 'full')).toBe('Crèche Les Lutins');
  expect(sheetName(organisation, 'short')).toBe('Crèche Les Lutins');
});

test('who else collects is named the same way, and not at all where customers are numbers', () => {
  const household = [
    { name: 'Anna Barré', phone: '06 11 22 33 44' },
    { name: 'Marc', phone: '' },
  ];
  expect(otherNames(household, 'full')).toBe('Anna Barré, Marc');
  expect(otherNames(household, 'short')).toBe('Anna, Marc');
  expect(otherNames(household, 'number')).toBe('');
  expect(otherNames([], 'full')).toBe('');
  expect(otherPhones(household, 'full')).toBe('Anna Barré 06 11 22 33 44');
  expect(otherPhones(household, 'short')).toBe('Anna 06 11 22 33 44');
  expect(otherPhones(household, 'number')).toBe('');
});
