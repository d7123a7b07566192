import { describe, expect, it } from 'vitest';
import { badge, cellHtml, inline, lines, link, mail, phone, swatch } from './cell.ts';
import {
  type Column,
  carried,
  choiceHtml,
  exportLink,
  pageCount,
  pagesShown,
  queryString,
  readQuery,
  rowsHtml,
  sayCount,
  sortLink,
  tableShape,
  totalHtml,
} from './table.ts';

const filters = [
  {
    key: 'statut',
    label: 'Statut',
    options: [
      { value: 'actif', label: 'Actif' },
      { value: 'fini', label: 'Terminé' },
    ],
  },
];
const rules = { sorts: ['name', 'number'], filters };
const read = (text: string) => readQuery(new URLSearchParams(text), rules);

describe('the address of a list', () => {
  it('says nothing: the first order, the first page', () => {
    expect(read('')).toEqual({ search: '', sort: 'name', direction: 'asc', page: 1, perPage: 50, filters: {} });
  });
  it('says everything', () => {
    expect(read('q= mar &tri=-number&page=3&par=100&statut=fini')).toEqual({
      search: 'mar',
      sort: 'number',
      direction: 'desc',
      page: 3,
      perPage: 100,
      filters: { statut: 'fini' },
    });
  });
  it('says what nobody allowed: it is ignored', () => {
    const query = read('tri=password;drop&page=-2&par=100000&statut=autre&role=admin');
    expect(query).toEqual({ search: '', sort: 'name', direction: 'asc', page: 1, perPage: 50, filters: {} });
    expect(read('page=1.5').page).toBe(1);
    expect(read('page=1e9').page).toBe(1);
    expect(read(`q=${'a'.repeat(500)}`).search).toHaveLength(100);
  });
  it('is written back as it was read', () => {
    const query = read('q=é&tri=-number&page=3&par=25&statut=actif');
    expect(read(queryString(query, { page: query.page }).slice(1))).toEqual(query);
  });
  it('goes back to the first page when anything else changes', () =>
    expect(read(queryString(read('page=4'), { search: 'x' }).slice(1)).page).toBe(1));
  it('turns the order round on the heading already sorted, and starts upwards on another', () => {
    expect(read(sortLink(read(''), 'name').slice(1))).toMatchObject({ sort: 'name', direction: 'desc' });
    expect(read(sortLink(read('tri=-name'), 'name').slice(1)).direction).toBe('asc');
    expect(read(sortLink(read('tri=-name&page=2'), 'number').slice(1))).toMatchObject({ sort: 'number', direction: 'asc', page: 1 });
  });
  it('keeps search and filters in the files, not the page', () => {
    const link = new URL(exportLink('/x/export', read('q=mar&statut=actif&page=2'), 'xlsx'), 'http://x');
    expect(Object.fromEntries(link.searchParams)).toMatchObject({ q: 'mar', statut: 'actif', format: 'xlsx' });
    expect(link.searchParams.has('page')).toBe(false);
  });
  it('is carried by the search form', () =>
    expect(Object.fromEntries(carried(read('tri=-name&par=25')))).toEqual({ tri: '-name', par: '25' }));
});

describe('pages', () => {
  it('are counted, one at least', () => expect([pageCount(0, 50), pageCount(50, 50), pageCount(51, 50)]).toEqual([1, 1, 2]));
  it.each([
    [1, 1, [1]],
    [1, 3, [1, 2, 3]],
    [1, 9, [1, 2, null, 9]],
    [5, 9, [1, null, 4, 5, 6, null, 9]],
    [4, 9, [1, 2, 3, 4, 5, null, 9]],
    [9, 9, [1, null, 8, 9]],
  ])('around page %i of %i', (page, count, shown) => expect(pagesShown(page, count)).toEqual(shown));
});

describe('the count in words', () => {
  const query = { page: 2, perPage: 50 };
  it.each([
    [0, 'Aucun client'],
    [1, '1 client'],
    [50, '50 clients'],
    [70, 'Clients 51 à 70 sur 70'],
  ])('%i', (total, words) => expect(sayCount(total, query, 'client', 'clients')).toBe(words));
  it('agrees', () => expect(sayCount(0, query, 'livraison', 'livraisons', true)).toBe('Aucune livraison'));
});

type Row = { name: string; price: number };
const columns: Column<Row>[] = [
  { key: 'name', label: "L'abonné", cell: (row) => row.name },
  { key: 'price', label: 'Prix', numeric: true, cell: (row) => row.price },
];

describe('rows', () => {
  it('are escaped, and lead to their record', () => {
    const html = rowsHtml(columns, [{ name: '<b>Zoé & "Co"</b>', price: 12 }], () => '/a?b=1&c=2');
    expect(html).toBe('<tr><th scope=row><a href="/a?b=1&amp;c=2">&lt;b&gt;Zoé &amp; &quot;Co&quot;&lt;/b&gt;</a><td>12');
  });
  it('have no link when they lead nowhere', () =>
    expect(rowsHtml(columns, [{ name: 'Zoé', price: 0 }], () => null)).toBe('<tr><th scope=row>Zoé<td>0'));
  it('say « Total » at the foot', () => expect(totalHtml(columns, { price: 3 })).toBe('<tr><th scope=row>Total<td>3'));
  it('have their shape once, in the table', () => {
    expect(tableShape(columns)).toEqual({ classes: 'n2 w2', style: "--l1:'L\\'abonné';--l2:'Prix'" });
  });
});

describe('cells', () => {
  it('never let an address run a script', () => {
    expect(link('javascript:alert(1)', 'x').html).toBe('<a href="#">x</a>');
    expect(link('//elsewhere.test', 'x').html).toBe('<a href="#">x</a>');
    expect(swatch('red;background:url(x)', 'x').html).toBe('x');
  });
  it('take the few shapes of a table', () => {
    expect(cellHtml(null)).toBe('');
    expect(badge('Actif <3', 'good').html).toBe('<b class="badge good">Actif &lt;3</b>');
    expect(swatch('#2e7d32', 'ME1').html).toBe('<i class="swatch" style="background:#2e7d32"></i>ME1');
    expect(lines('a', '<').html).toBe('a<small>&lt;</small>');
    expect(lines('a', null).html).toBe('a');
    expect(inline('a', null, 'b').html).toBe('a b');
    expect(cellHtml(phone('06 12'))).toBe('<a href="tel:0612">06 12</a>');
    expect(cellHtml(mail('a@b.fr'))).toBe('<a href="mailto:a@b.fr">a@<wbr>b.fr</a>');
    expect(phone(null)).toBe(null);
  });
});

it('writes the answers of a filter as text, escaped, the chosen one marked', () => {
  const options = [
    { value: '1', label: 'Café <d’en> face' },
    { value: '2"', label: 'B & C' },
  ];
  expect(choiceHtml({ key: 'depot', label: 'Dépôt', all: 'Partout', options }, '2"')).toBe(
    '<select name="depot" class=set><option value="">Partout<option value="1">Café &lt;d’en&gt; face<option value="2&quot;" selected>B &amp; C</select>',
  );
  expect(choiceHtml({ key: 'depot', label: 'Dépôt', options }, undefined)).toMatch(
    /^<select name="depot"><option value="">Tous<option(?!.*selected)/,
  );
});
