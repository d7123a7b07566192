import { expect, test } from 'vitest';
import { keptMonths, statement } from './retention.ts';

test('the page says the very months that the job applies', () => {
  const said = statement.kept.map(({ until }) => until).join(' ');
  for (const months of Object.values(keptMonths)) expect(said).toContain(`${months} mois`);
});
