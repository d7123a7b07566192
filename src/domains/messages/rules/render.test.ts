import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { toHtml, toText } from './markdown.ts';
import { faultOf, render, renderer } from './render.ts';

const filled = (text: string, filling: Record<string, string | boolean | string[]>, way: 'markdown' | 'plain' = 'markdown') => {
  const answer = render(text, filling, way);
  return answer.ok ? answer.text : `FAUTE ${answer.fault}`;
};

describe('filling', () => {
  test('lists are written one line each, in a subject after each other', () => {
    expect(filled('Voici :\n\n{{ paniers }}', { paniers: ['un', 'deux'] })).toBe('Voici :\n\n- un\n- deux');
    expect(filled('{{ paniers }}', { paniers: ['un', 'deux'] }, 'plain')).toBe('un, deux');
  });

  test('what is empty is not there, and leaves no trace', () => {
    expect(filled('Bonjour {{ prenom }},\n{% if liste %}\n{{ liste }}\n{% endif %}\nFin', { prenom: '', liste: [] })).toBe(
      'Bonjour,\n\nFin',
    );
  });

  test('whatever a customer is called, the letter says it, and nothing else', () => {
    fc.assert(
      fc.property(
        fc
          .string({ unit: 'grapheme', minLength: 1 })
          .filter((one) => one.trim() === one && !/\s{2}|&[#\w]+;|(^| )[,.]|:\/\/|www\.|@/.test(one)),
        (name) => {
          const text = toText(filled('Bonjour {{ nom }} !', { nom: name }));
          expect(text).toBe(`Bonjour ${name} !`);
        },
      ),
    );
  });

  test('nothing that is filled in becomes a link, a tag or a heading', () => {
    const html = toHtml(
      filled('{{ a }}', { a: '# Titre\n<img src=x onerror=1> [ici](https://mal.exemple) [là](javascript:x) **gras**\n1. un' }),
    );
    expect(html).not.toMatch(/<(img|strong|h\d|ol|li)\b|<a [^>]*>(?!https:\/\/mal\.exemple<)/);
  });

  test('an address that the text goes on with is one address behind its words', () => {
    const text = filled('[Mon abonnement]({{ mon_compte }}/abonnements)', { mon_compte: 'https://paniers.exemple/mon-compte/1' });
    expect(toHtml(text)).toContain('<a href="https://paniers.exemple/mon-compte/1/abonnements">Mon abonnement</a>');
    expect(toText(text)).toBe('Mon abonnement : https://paniers.exemple/mon-compte/1/abonnements');
  });

  test('an address that is filled in is a link, also behind words', () => {
    expect(toHtml(filled('[Ouvrir]({{ lien }})', { lien: 'https://x.exemple/a_b_c?d=(1)' }))).toContain(
      '<p class="action"><a href="https://x.exemple/a_b_c?d=(1)">Ouvrir</a>',
    );
    expect(toHtml(filled('Ici : {{ lien }}', { lien: 'https://x.exemple/a_b' }))).toContain(
      '<a href="https://x.exemple/a_b">https://x.exemple/a_b</a>',
    );
  });
});

describe('faults are said in French', () => {
  test.each([
    ['Bonjour {{ prenon }}', /\{\{ prenon \}\} : ce mot n’existe pas/],
    ['{% if prenon %}x{% endif %}', /prenon/],
    ['Bonjour\n\n{{ prenom', /Ligne 3 : il manque/],
    ['{% if prenom %}x', /^Il manque \{% endif %\}/],
    ['{{ prenom | majuscule }}', /« \| majuscule » n’existe pas/],
    ["{% include 'x' %}", /include %\} ne peut pas servir/],
    ["{% render '/etc/passwd' %}", /ne peut pas servir/],
    ['{{ }', /./],
    ['{% for i in (1..100000000) %}x{% endfor %}', /trop/],
  ])('%s', (text, said) => expect(faultOf(text, { prenom: 'Jeanne' })).toMatch(said));

  test('a text without end', () => expect(faultOf('x'.repeat(20_001), {})).toMatch(/trop long/));

  test('what is right is left alone', () =>
    expect(faultOf('{% for p in paniers %}{{ p }}{% endfor %}{{ prenom }}', { paniers: ['a'], prenom: '' })).toBeNull());

  test('no text at all breaks the house', () => {
    fc.assert(
      fc.property(fc.string(), fc.constantFrom('{{', '{%', '%}', '}}', '{{ prenom }}', '{% if'), (text, sign) => {
        const fault = faultOf(text + sign + text, { prenom: 'x' });
        expect(fault === null || fault.length > 5).toBe(true);
      }),
    );
  });

  test('reach nothing of the machine', () => {
    expect(filled('{{ prenom.constructor.name }}', { prenom: 'x' })).not.toContain('String');
    expect(renderer('{{ prenom.__proto__ }}', 'plain')({ prenom: 'x' })).not.toBe('[object Object]');
  });
});
