import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { beginningOf, questionsOf, toHtml } from './markdown.ts';

describe('toHtml', () => {
  it('writes what is typed', () => {
    expect(toHtml('Des **légumes**, [ici](/paniers).\n\n- un\n- deux')).toBe(
      '<p>Des <strong>légumes</strong>, <a href="/paniers">ici</a>.</p>\n<ul>\n<li>un</li>\n<li>deux</li>\n</ul>\n',
    );
    expect(toHtml('# Titre')).toBe('<h2>Titre</h2>\n');
    expect(toHtml('## Titre', { first: 3 })).toBe('<h3>Titre</h3>\n');
  });

  it('leads to the garden’s pages wherever they are', () => {
    expect(toHtml('[ici](/paniers) [là](/mon-compte)', { base: '/jardins/vallon' })).toBe(
      '<p><a href="/jardins/vallon/paniers">ici</a> <a href="/mon-compte">là</a></p>\n',
    );
  });

  it.each([
    ['<script>alert(1)</script>'],
    ['un <img src=x onerror=alert(1)> mot'],
    ['[clic](javascript:alert(1))'],
    ['[clic](JaVaScRiPt:alert(1))'],
    ['[clic](//ailleurs.test)'],
    ['![x](https://ailleurs.test/a.png)'],
    ['<a href="data:text/html,x">a</a>'],
    ['[a](https://x.test/"onmouseover="alert(1))'],
  ])('lets nothing act: %s', (text) => {
    const html = toHtml(text);
    expect(html).not.toMatch(/<(?!\/?(p|a|em|strong|br)\b)/);
    expect(html).not.toMatch(/<a [^>]*(javascript:|data:|on\w+="|href="\/\/)/i);
  });

  it('keeps to a few elements, without handlers, whatever is typed', () => {
    const bits = fc.constantFrom(
      '<',
      '>',
      '"',
      "'",
      '[a](',
      ')',
      'javascript:',
      '<img ',
      'onerror=',
      '**',
      '`',
      '\n',
      '# ',
      '- ',
      '&lt;',
      'texte',
      '![',
      '](',
      '<!--',
      '|',
      '---',
    );
    fc.assert(
      fc.property(fc.array(bits, { maxLength: 30 }), (parts) => {
        const html = toHtml(parts.join(''));
        for (const [tag] of html.matchAll(/<[^>]*>/g)) {
          expect(tag).toMatch(
            /^<\/?(p|a|em|strong|br|h[2-6]|ul|ol|li|code|pre|blockquote|hr|del|table|thead|tbody|tr|th|td)( (href="[^"<>]*"|rel="noopener"|start="\d+"|class="language-[^"<>]*"|align="\w+"))*\/?>$/,
          );
          expect(tag).not.toMatch(/href="\s*(javascript|data):/i);
        }
      }),
      { numRuns: 400 },
    );
  });
});

it('begins a text without its signs, at a word', () => {
  expect(beginningOf('# Titre\n\nDes **légumes** [bio](https://x.test).')).toBe('Des légumes bio.');
  expect(beginningOf('Venez **nombreux**.\n\n- café\n- tartes\n2. soupe')).toBe('Venez nombreux. · café · tartes · soupe');
  expect(beginningOf('- café\n- tartes - et pommes')).toBe('café · tartes - et pommes');
  expect(beginningOf('un deux trois quatre', 12)).toBe('un deux…');
  fc.assert(fc.property(fc.string(), fc.integer({ min: 20, max: 200 }), (text, most) => beginningOf(text, most).length <= most));
});

it('reads questions and their answers', () => {
  expect(questionsOf('Avant.\n\n## Oui ?\n\nNon.\n\n## Vide\n')).toEqual([{ question: 'Oui ?', html: '<p>Non.</p>\n' }]);
});
