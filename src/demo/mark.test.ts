import { describe, expect, test } from 'vitest';
import { judge, type Mark } from './mark.ts';

const monday: Mark = { state: 'loaded', scale: 'demo', today: '2025-03-10' };

describe('what is done with a database', () => {
  test('an empty one is loaded, a foreign one is never touched, whatever is asked', () => {
    expect(judge(null, true, '2025-03-10', false)).toBe('load');
    expect(judge(null, false, '2025-03-10', false)).toBe('foreign');
    expect(judge(null, false, '2025-03-10', true)).toBe('foreign');
  });

  test('the demonstration lasts its ISO week', () => {
    expect(judge(monday, false, '2025-03-16', false)).toBe('keep');
    expect(judge(monday, false, '2025-03-17', false)).toBe('renew');
    expect(judge(monday, false, '2026-03-10', false)).toBe('renew');
    expect(judge(monday, false, '2025-03-10', true)).toBe('renew');
  });

  test('a loading that was cut begins again, even when nothing was written yet', () => {
    expect(judge({ ...monday, state: 'loading' }, false, '2025-03-10', false)).toBe('resume');
    expect(judge({ ...monday, state: 'loading' }, true, '2025-03-10', false)).toBe('resume');
  });
});
