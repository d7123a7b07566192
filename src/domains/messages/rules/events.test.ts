import { describe, expect, test } from 'vitest';
import { everywhere, type Value } from './event.ts';
import { eventNames, eventOf } from './events.ts';
import { letterText } from './letter.ts';
import { faultOf, render } from './render.ts';

const samplesOf = (blanks: Record<string, { sample: Value }>) =>
  Object.fromEntries(Object.entries({ ...everywhere, ...blanks }).map(([name, { sample }]) => [name, sample]));
const emptied = (filling: Record<string, Value>) => Object.fromEntries(Object.keys(filling).map((name) => [name, ''] as const));

describe.each(eventNames)('the text of the house for %s', (name) => {
  const event = eventOf(name);
  const samples = samplesOf(event.blanks);

  test('uses no word but its own', () => {
    for (const text of [event.subject, event.body, event.sms ?? '']) expect(faultOf(text, samples)).toBeNull();
  });

  test('reads well when it is filled, and still when nothing is known', () => {
    const filled = render(event.body, samples, 'markdown');
    expect(filled.ok && letterText(filled.text, { garden: 'Jardin', accent: null, lines: [] })).not.toMatch(
      /\{|\}|undefined|null|\\|\*\*|\]\(/,
    );
    expect(render(event.body, emptied(samples), 'markdown').ok).toBe(true);
    const subject = render(event.subject, samples, 'plain');
    expect(subject.ok && subject.text.length).toBeLessThan(120);
  });
});

test('baskets that wait for a payment are promised on no day', () => {
  const { subject, body, sms, blanks } = eventOf('signup_accepted');
  const said = (attend: string) =>
    [subject, body, sms!].map((text) => {
      const told = render(text, { ...samplesOf(blanks), debut: 'mercredi 5 novembre', attend }, 'plain');
      return told.ok && told.text;
    });
  expect(said('')).toEqual(Array(3).fill(expect.stringContaining('mercredi 5 novembre')));
  expect(said('votre premier règlement')).toEqual(Array(3).fill(expect.not.stringContaining('mercredi 5 novembre')));
  expect(said('votre premier règlement')).toEqual(Array(3).fill(expect.stringMatching(/place (est )?gardée/i)));
});
