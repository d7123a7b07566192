import { expect, test } from 'vitest';
import { z } from 'zod';
import { refuse } from '#kernel/outcome.ts';
import { readAnd, readAsked, readForm } from './forms.ts';

const schema = z.object({
  name: z.string().trim().min(1).max(5),
  email: z.email(),
  count: z.coerce.number().min(1).default(1),
  rights: z.array(z.enum(['a', 'b'])).default([]),
  accountPassword: z.string().min(3).optional(),
});

function sent(...pairs: [string, string | File][]) {
  const body = new FormData();
  for (const [name, value] of pairs) body.append(name, value);
  return { request: new Request('http://localhost/', { method: 'POST', body }) };
}

test('a right form gives its value; several boxes of one name are a list, even when one is ticked or none', async () => {
  const base: [string, string][] = [
    ['name', ' Ada '],
    ['email', 'a@exemple.fr'],
  ];
  expect(await readForm(sent(...base, ['rights', 'a'], ['rights', 'b']), schema)).toMatchObject({
    ok: true,
    value: { name: 'Ada', count: 1, rights: ['a', 'b'] },
  });
  expect(await readForm(sent(...base, ['rights', 'a']), schema)).toMatchObject({ ok: true, value: { rights: ['a'] } });
  expect(await readForm(sent(...base), schema)).toMatchObject({ ok: true, value: { rights: [] } });
});

test('a wrong one says what to mend, field by field, in French, and keeps all that was typed but passwords', async () => {
  const form = await readForm(
    sent(['name', ''], ['email', 'ada'], ['rights', 'z'], ['count', '0'], ['accountPassword', 'ab'], ['free', 'kept']),
    schema,
  );
  expect(form.ok).toBe(false);
  if (form.ok) return;
  expect(form.failure.status).toBe(422);
  expect(form.failure.data).toEqual({
    values: { name: '', email: 'ada', rights: ['z'], count: '0', free: 'kept' },
    errors: {
      name: 'À remplir.',
      email: 'Cette adresse e-mail n’est pas complète. Exemple : prenom.nom@exemple.fr',
      rights: 'Choisissez une des réponses proposées.',
      count: 'Pas moins de 1.',
      accountPassword: 'Au moins 3 caractères.',
    },
    message: '5 champs sont à revoir : regardez les indications en couleur.',
  });
});

test('what is missing, too long, or not a number is said so', async () => {
  const form = await readForm(sent(['name', 'trop long'], ['count', 'dix']), schema);
  expect(!form.ok && form.failure.data.errors).toEqual({
    name: 'Pas plus de 5 caractères.',
    email: 'À remplir.',
    count: 'Écrivez un nombre.',
  });
});

test('a command that refuses answers in the same shape; one that is done answers nothing', async () => {
  const right = () => sent(['name', 'Ada'], ['email', 'a@exemple.fr']);
  expect(await readAnd(right(), schema, async () => ({ ok: true, value: 1 }))).toBeNull();
  const refusal = await readAnd(right(), schema, async () => refuse('Non.', { name: 'Pris.' }));
  expect(refusal).toMatchObject({ status: 422, data: { values: { name: 'Ada' }, errors: { name: 'Pris.' }, message: 'Non.' } });
});

test('an address is read like a form', () => {
  const asked = readAsked(new URLSearchParams('name=Ada&email=a%40exemple.fr&rights=a&rights=b'), schema);
  expect(asked).toMatchObject({ ok: true, value: { name: 'Ada', rights: ['a', 'b'] } });
  const wrong = readAsked(new URLSearchParams('name=Ada'), schema);
  expect(!wrong.ok && wrong.failure.data.errors).toEqual({ email: 'À remplir.' });
});
