import { noteReading, reportRows, stayRows } from '#domains/solidarity/index.server.ts';
import { figuresBy } from '#domains/solidarity/rules/report.ts';
import { heldWorkshops } from '#domains/workshops/index.server.ts';
import { enter } from '#edge/enter.ts';
import { readQuery } from '#ui/table.ts';
import { afterAsked, choiceAsked, periodAsked, viewAsked } from '../asked.ts';

const perPage = 100;

/** The rows behind a figure of the report. Who opens them reads names: noted as the list of people is. */
export const load = async (event) => {
  const params = event.url.searchParams;
  const view = viewAsked(params);
  const { actor, garden, today } = enter(event, 'solidarity:read');
  if (view === 'ateliers') enter(event, 'workshops:read');
  const period = periodAsked(params, today);
  const choice = choiceAsked(params);
  const query = readQuery(params, { sorts: [], perPage, perPageChoices: [perPage] });
  // The pages of the list keep what was chosen.
  query.filters = Object.fromEntries([...params].filter(([key]) => key !== 'page' && key !== 'par'));
  const cut = <T>(rows: readonly T[]) => rows.slice((query.page - 1) * perPage, query.page * perPage);
  await noteReading(actor, 'path', 0, today);
  const base = `/gestion/${garden.slug}`;
  const asked = { base, ...period, choice, query };
  if (view === 'ateliers') {
    const [month, place] = [choice.month, params.get('lieu')];
    const rows = (await heldWorkshops(actor, period.from, period.until)).filter(
      (one) => (month === undefined || one.day.startsWith(month)) && (place === null || one.place === place),
    );
    return { ...asked, view, total: rows.length, rows: cut(rows), place };
  }
  if (view === 'parcours') {
    const after = afterAsked(params);
    const rows = (await stayRows(actor, period)).filter((one) => after === null || one.after === after);
    return { ...asked, view, total: rows.length, rows: cut(rows), after };
  }
  const { rows, chosen, ...figures } = await reportRows(actor, period, choice);
  if (view === 'paniers') return { ...asked, view, total: rows.length, rows: cut(rows), chosen, figures };
  const known = new Map(rows.map((row) => [row.customer, row]));
  const people = figuresBy(rows, ({ customer }) => customer)
    .map((row) => ({ ...row, name: known.get(row.key)!.name, path: known.get(row.key)!.path }))
    .sort((a, b) => a.name.localeCompare(b.name, 'fr'));
  return { ...asked, view, total: people.length, rows: cut(people), chosen, figures };
};
