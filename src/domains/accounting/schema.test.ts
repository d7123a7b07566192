import { expect, test } from 'vitest';
import { exportForm } from './schema.ts';

const asked = { from: '2026-01-01', until: '2026-01-31', journals: ['VE'] };

test('what no export has taken is asked for by a tick, as browsers send it', () => {
  expect(exportForm.parse({ ...asked, fresh: 'on' })).toEqual({ ...asked, fresh: true });
  expect(exportForm.parse(asked)).toEqual({ ...asked, fresh: false });
});
