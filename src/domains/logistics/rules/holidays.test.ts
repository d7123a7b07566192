import { expect, test } from 'vitest';
import { bankHolidays } from './holidays.ts';

const days = async (...given: Parameters<typeof bankHolidays>) => (await bankHolidays(...given)).map(({ day }) => day);

test('the eleven bank holidays of 2025, by the names people use', async () => {
  expect(await bankHolidays('2025-01-01', '2025-12-31', 'metropole')).toEqual([
    { day: '2025-01-01', name: 'Nouvel An' },
    { day: '2025-04-21', name: 'Lundi de Pâques' },
    { day: '2025-05-01', name: '1er mai' },
    { day: '2025-05-08', name: '8 mai' },
    { day: '2025-05-29', name: 'Ascension' },
    { day: '2025-06-09', name: 'Lundi de Pentecôte' },
    { day: '2025-07-14', name: '14 juillet' },
    { day: '2025-08-15', name: '15 août' },
    { day: '2025-11-01', name: 'Toussaint' },
    { day: '2025-11-11', name: '11 novembre' },
    { day: '2025-12-25', name: 'Noël' },
  ]);
});

test('Alsace and Moselle have Good Friday and 26 December besides', async () => {
  const metropole = await days('2025-01-01', '2027-12-31', 'metropole');
  const own = (await days('2025-01-01', '2027-12-31', 'alsace_moselle')).filter((day) => !metropole.includes(day));
  expect(own).toEqual(['2025-04-18', '2025-12-26', '2026-04-03', '2026-12-26', '2027-03-26', '2027-12-26']);
});

test('Réunion has 20 December besides, and neither of the other two', async () => {
  const metropole = await days('2026-01-01', '2027-12-31', 'metropole');
  const own = (await days('2026-01-01', '2027-12-31', 'reunion')).filter((day) => !metropole.includes(day));
  expect(own).toEqual(['2026-12-20', '2027-12-20']);
});

test('feasts that move, in 2026 and 2027', async () => {
  expect(await days('2026-04-01', '2026-06-30', 'metropole')).toEqual([
    '2026-04-06',
    '2026-05-01',
    '2026-05-08',
    '2026-05-14',
    '2026-05-25',
  ]);
  expect(await days('2027-03-01', '2027-05-31', 'metropole')).toEqual([
    '2027-03-29',
    '2027-05-01',
    '2027-05-06',
    '2027-05-08',
    '2027-05-17',
  ]);
});

test('both ends count, years run on, and the other way round there is nothing', async () => {
  expect(await days('2026-12-25', '2027-01-01', 'metropole')).toEqual(['2026-12-25', '2027-01-01']);
  expect(await days('2026-12-26', '2026-12-31', 'metropole')).toEqual([]);
  expect(await days('2027-01-01', '2026-12-25', 'metropole')).toEqual([]);
});
