import type { readSettings } from '#domains/gardens/settings.ts';
import { type Day, weekOf } from '#kernel/day.ts';
import { formatEuros } from '#kernel/money.ts';
import { formatQuantity, formatUnitPrice, unitLabels } from '#kernel/quantity.ts';
import type { Contents, NewsletterPage } from '../documents/newsletter-model.ts';
import { sayEffort } from '../labels-recipes.ts';
import { sayComing } from '../rules/coming-dates.ts';
import { type Composed, contentsTable, type Sheet, sheetsOf, tellBasket } from '../rules/contents.ts';
import type { comingFor, DayFacts, Written } from './newsletter-store.ts';
import type { Recipe } from './recipe-store.ts';

type Said = {
  day: Day;
  facts: DayFacts;
  composed: readonly Composed[];
  written: Written;
  recipe: Pick<Recipe, 'name' | 'servings' | 'minutes' | 'ingredients' | 'body'> | null;
  ahead: Awaited<ReturnType<typeof comingFor>>;
};

/** What the page of a day says, one page for each group of tours whose baskets hold the same. None on a day without delivery. */
export function newsletterPages({ day, facts, composed, written, recipe, ahead }: Said): NewsletterPage[] {
  const { garden, settings, tours } = facts;
  const template = settings.newsletter;
  const sheets = sheetsOf(tours, composed);
  return sheets.map((sheet) => ({
    garden: {
      name: garden.name,
      accent: garden.accent,
      contact: [
        [garden.address, [garden.postcode, garden.city].filter(Boolean).join(' ')].filter(Boolean).join(', '),
        garden.phone,
        garden.email,
      ]
        .filter(Boolean)
        .join(' · '),
    },
    day,
    week: weekOf(day).week,
    title: template.title,
    intro: template.intro,
    footer: template.footer,
    tours: sheets.length > 1 ? sayTours(sheet) : '',
    blocks: template.blocks,
    contents: contentsOf(sheet.baskets, settings.publishDetail),
    news: written.news.trim() ? { title: written.title || template.newsTitle, text: written.news } : null,
    recipe: recipe && { name: recipe.name, effort: sayEffort(recipe), ingredients: recipe.ingredients, steps: recipe.body },
    dates: orNothing(
      sayComing(
        ahead.coming,
        ahead.places,
        sheet.tours.map(({ id }) => id),
        template.dates,
      ),
    ),
    notice: template.notice ? { title: template.noticeTitle, text: template.notice } : null,
  }));
}

export const sayTours = ({ tours }: Pick<Sheet, 'tours'>): string =>
  `${tours.length > 1 ? 'Tournées' : 'Tournée'} ${tours.map(({ code }) => code).join(', ')}`;

const orNothing = (dates: { coming: string[]; closings: string[] }) => (dates.coming.length + dates.closings.length ? dates : null);

/** The table of what baskets hold, in words, with the detail that the garden publishes. */
function contentsOf(baskets: readonly Composed[], detail: ReturnType<typeof readSettings>['publishDetail']): Contents | null {
  if (baskets.length === 0) return null;
  const told = baskets.map((basket) => tellBasket(basket, detail));
  return {
    columns: told.map(({ productName }) => productName),
    rows: contentsTable(told).map(({ name, unit, unitPrice, cells }) => ({
      name,
      price: unitPrice === null ? '' : `${formatUnitPrice(unitPrice)} / ${unit === 'kg' ? 'kg' : unitLabels[unit].one}`,
      cells: cells.map((cell) => (cell ? (cell.quantity === null ? '•' : formatQuantity(cell.quantity, cell.unit)) : '')),
    })),
    // Quantities and prices are exact: rounded once, where they are read.
    values: told.every(({ value }) => value !== null) ? told.map(({ value }) => formatEuros(Math.round(value! / 100_000))) : null,
  };
}
