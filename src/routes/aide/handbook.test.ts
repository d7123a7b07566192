import { describe, expect, it } from 'vitest';
import { readHandbook, readPage, slugOf } from './handbook.ts';

describe('the handbook', () => {
  it('takes the title, the lead and the contents from the text', () => {
    const page = readPage(
      '/docs/handbook/02-clients.md',
      '# Les clients\n\nTout sur eux.\n\n## Ajouter l’adresse d’un client\n\nTexte.\n\n### Détail\n\n## Chercher & trouver\n',
    );
    expect(page).toMatchObject({ slug: 'clients', title: 'Les clients', lead: 'Tout sur eux.' });
    expect(page.headings).toEqual([
      { id: 'ajouter-l-adresse-d-un-client', text: 'Ajouter l’adresse d’un client' },
      { id: 'chercher-trouver', text: 'Chercher &amp; trouver' },
    ]);
    expect(page.html).toContain('<h3 id="detail">Détail</h3>');
    expect(page.html).not.toContain('<h1');
    expect(page.html).not.toContain('Tout sur eux.');
  });

  it('leads to the other pages, and leaves other addresses alone', () => {
    const { html } = readPage(
      'a.md',
      '# A\n\nVoir [les clients](02-clients.md#ajouter), [le site](https://exemple.test/a.md) et [ici](./bienvenue.md).',
    );
    expect(html).toContain('href="/aide/clients#ajouter"');
    expect(html).toContain('href="https://exemple.test/a.md"');
    expect(html).toContain('href="/aide/bienvenue"');
  });

  it('keeps the order of the numbers', () => {
    expect(readHandbook({ '/x/10-b.md': '# B', '/x/02-a.md': '# A' }).map(({ slug }) => slug)).toEqual(['a', 'b']);
  });

  it('makes plain addresses', () => expect(slugOf('Où sont les dépôts ?')).toBe('ou-sont-les-depots'));
});
