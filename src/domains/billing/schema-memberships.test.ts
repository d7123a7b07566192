import { expect, test } from 'vitest';
import { membershipTypeForm, membershipTypeIn, pricingOf } from './schema-memberships.ts';

const typed = (more: Record<string, string> = {}) => {
  const first = {
    name: 'Annuelle',
    amountCents: '20',
    period: 'fixed_year',
    startDay: '1',
    startMonth: '9',
    pricing: 'whole',
    pivotDay: '',
    pivotCents: '',
    second: '',
  };
  return membershipTypeForm.safeParse({ ...first, ...more });
};
const kept = (more: Record<string, string> = {}) => membershipTypeIn(typed(more).data!).values;

test('only what the chosen way asks for is kept', () => {
  expect(kept()).toMatchObject({ amountCents: 2000, yearStarts: '09-01', steps: [] });
  expect(kept({ pricing: 'pivot', pivotDay: '1', pivotMonth: '3', pivotCents: '10,00' })).toMatchObject({
    steps: [{ from: '03-01', amountCents: 1000 }],
  });
  const quarters = kept({ pricing: 'quarters', second: '15', third: '10', fourth: '5', pivotCents: '3' });
  expect(quarters.steps.map(({ from }) => from)).toEqual(['12-01', '03-01', '06-01']);
  expect(pricingOf(quarters)).toBe('quarters');
  expect(kept({ period: 'anniversary', pricing: 'pivot', pivotCents: '' })).toMatchObject({ yearStarts: '01-01', steps: [] });
});

test('what is missing, or does not exist, is told beside its field', () => {
  const wrong = (more: Record<string, string>) => typed(more).error?.issues.map(({ path }) => path[0]);
  expect(wrong({ pricing: 'pivot', pivotDay: '31', pivotMonth: '4' })).toEqual(['pivotDay', 'pivotCents']);
  expect(wrong({ pricing: 'quarters', third: '10' })).toEqual(['second', 'fourth']);
  expect(wrong({ startDay: '30', startMonth: '2' })).toEqual(['startDay']);
  expect(wrong({ amountCents: '-5' })).toEqual(['amountCents']);
});
