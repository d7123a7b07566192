import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bytesOf } from './page-text.ts';

const keepFrenchSpaces = (html: string) => bytesOf(html).toString();
const shown = (html: string) => keepFrenchSpaces(html).replaceAll('\u00a0', '~');

describe('spaces of French', () => {
  test('hold the sign to its word in what is read, across tags and comments too', () => {
    expect(shown('<p>Et si je pars ? « Rien » : vous reportez ; voilà !</p>')).toBe(
      '<p>Et si je pars~? «~Rien~»~: vous reportez~; voilà~!</p>',
    );
    expect(shown('<strong>Total</strong> : « <em>dû</em> »<!--]--> ?')).toBe('<strong>Total</strong>~: «~<em>dû</em>~»<!--]-->~?');
    expect(shown('Sans balise : voilà')).toBe('Sans balise~: voilà');
    expect(shown('<p>De 9 h à 18 h 30, à 12 km, 5 kg pour 8 € ou 20 % ; 3 moulins, 2 hectares</p>')).toBe(
      '<p>De 9~h à 18~h~30, à 12~km, 5~kg pour 8~€ ou 20~%~; 3 moulins, 2 hectares</p>',
    );
    expect(shown('<title>Panier : prix</title>')).toBe('<title>Panier~: prix</title>');
  });

  test('stay as they are in attributes, even those that hold a « > », and in what machines read', () => {
    for (const html of [
      '<input value="a > b : c ?">',
      '<a href="/x?a= :b" title="Quoi ?">x</a>',
      '<textarea name="note">Bonjour !\nça va ?</textarea>',
      '<script type="application/ld+json">{"a" : "« b »"}</script>',
      '<style>a :hover { color : red }</style>',
      '<pre>a : b</pre>',
      '<code>x ? y : z</code>',
      '<!-- un mot : deux -->',
    ])
      expect(keepFrenchSpaces(html)).toBe(html);
  });

  test('are read again after what was verbatim', () => {
    expect(shown('<textarea>a ?</textarea> Vraiment ?')).toBe('<textarea>a ?</textarea> Vraiment~?');
  });
});

test('nothing but spaces changes, and a second time changes nothing', () => {
  const part = fc.constantFrom(
    '<p>',
    '</p>',
    '<input value="',
    '">',
    ' :',
    ' ?',
    '« ',
    ' »',
    '8',
    ' h',
    ' %',
    'mot',
    ' ',
    '<textarea>',
    '</textarea>',
  );
  fc.assert(
    fc.property(fc.array(part), (parts) => {
      const html = parts.join('');
      const once = keepFrenchSpaces(html);
      expect(once.replaceAll('\u00a0', ' ')).toBe(html);
      expect(keepFrenchSpaces(once)).toBe(once);
    }),
  );
});
