import { Liquid } from 'liquidjs';
import type { Value } from './event.ts';

/**
 * Texts with blanks, written by gardens: Liquid without files, without what could run for long, and without a word that nobody knows. Safe on whatever
 * is typed; a fault is answered in French.
 */
const allowedTags = ['if', 'elsif', 'else', 'unless', 'case', 'when', 'for', 'comment', 'assign'];

function engine(outputEscape: (value: unknown) => string): Liquid {
  const made = new Liquid({
    ...{ templates: {}, strictVariables: true, strictFilters: true, lenientIf: true, ownPropertyOnly: true, jsTruthy: true },
    ...{ parseLimit: 20_000, renderLimit: 5_000, memoryLimit: 200_000, cache: false, locale: 'fr', outputEscape },
  });
  for (const tag of Object.keys(made.tags)) if (!allowedTags.includes(tag)) delete made.tags[tag];
  return made;
}

const isList = (value: unknown): value is readonly unknown[] => Array.isArray(value);
/** Signs that Markdown would take for itself, wherever they stand. */
const escapeSigns = (text: string) => text.replace(/[\\`*_[\]<>~|]/g, '\\$&');
/** Those that it would take at the beginning of a line: a heading, an item of a list, a rule. */
const escapeStart = (line: string) =>
  line.replace(/^(\s*)(#{1,6}\s|[-+](?=\s)|=+\s*$|-+\s*$)/, '$1\\$2').replace(/^(\s*\d+)([.)](?:\s|$))/, '$1\\$2');
/** Nothing but an address: also where a link goes. Within a text it stays one, shown as it is. */
const onlyAddress = /^https?:\/\/[^\s<>]+$/;
const address = /(https?:\/\/[^\s<>]*[^\s<>.,;:!?)\]»])/;
const escapeLine = (line: string) =>
  onlyAddress.test(line)
    ? `<${line}>`
    : escapeStart(
        line
          .split(address)
          .map((part, rank) => (rank % 2 === 1 ? `<${part}>` : escapeSigns(part)))
          .join(''),
      );
const inMarkdown = (value: unknown): string =>
  isList(value)
    ? value.map((one) => `- ${inMarkdown(one).replace(/\n/g, ' ')}`).join('\n')
    : String(value ?? '')
        .replace(/\r\n?/g, '\n')
        .split('\n')
        .map(escapeLine)
        .join('\n');
const inPlain = (value: unknown): string => (isList(value) ? value.map(inPlain).join(', ') : String(value ?? ''));

const engines = { markdown: engine(inMarkdown), plain: engine(inPlain) };
type Way = keyof typeof engines;

export type Filling = Readonly<Record<string, Value>>;
export type Rendered = { ok: true; text: string } | { ok: false; fault: string };

/** What is empty counts as not there: `{% if contenu %}` is false for an empty list. */
const present = (filling: Filling) =>
  Object.fromEntries(Object.entries(filling).map(([name, value]) => [name, isList(value) && value.length === 0 ? '' : value]));

/** Fills a text. @param way `markdown`: what is filled in is escaped; `plain`: for subjects and text messages. */
export function render(text: string, filling: Filling, way: Way): Rendered {
  try {
    const filled: string = engines[way].parseAndRenderSync(text, present(filling));
    return { ok: true, text: tidy(filled) };
  } catch (error) {
    return { ok: false, fault: sayFault(error) };
  }
}

/** Fills many at once, with the text read once. @returns null for those it could not be filled for. */
export function renderer(text: string, way: Way): (filling: Filling) => string | null {
  try {
    const parsed = engines[way].parse(text);
    return (filling) => {
      try {
        return tidy(engines[way].renderSync(parsed, present(filling)));
      } catch {
        return null;
      }
    };
  } catch {
    return () => null;
  }
}

/** What is wrong with a text, or null. Words that are not among the blanks are found wherever they stand. */
export function faultOf(text: string, samples: Filling): string | null {
  let named: string[];
  try {
    named = engines.plain.globalVariablesSync(engines.plain.parse(text));
  } catch (error) {
    return sayFault(error);
  }
  const unknown = named.filter((name) => !Object.hasOwn(samples, name));
  if (unknown.length > 0)
    return `${unknown.map((name) => `{{ ${name} }}`).join(', ')} : ce mot n’existe pas ici. Choisissez parmi ceux de la liste.`;
  const tried = render(text, samples, 'markdown');
  return tried.ok ? null : tried.fault;
}

/**
 * What blanks leave behind: an address that the text goes on with inside a link (`[Mon abonnement]({{ mon_compte }}/abonnements)`); and empty ones, two
 * spaces, a space before a comma, more than one empty line.
 */
const tidy = (text: string): string =>
  text
    .replace(/\]\(<(https?:\/\/[^\s<>]+)>([^\s<>()]+)\)/g, '](<$1$2>)')
    .replace(/[ \t]+$/gm, '')
    .replace(/(\S) {2,}/g, '$1 ')
    .replace(/ +([,.](?:\s|$))/g, '$1')
    .replace(/\n{3,}/g, '\n\n')
    .trim();

function sayFault(error: unknown): string {
  const said = faultIn(error);
  return said.charAt(0).toUpperCase() + said.slice(1);
}

function faultIn(error: unknown): string {
  const said = error instanceof Error ? error.message : '';
  const line = /line:(\d+)/.exec(said)?.[1];
  const where = line && line !== '1' ? `Ligne ${line} : ` : '';
  const named = (pattern: RegExp) => pattern.exec(said)?.[1];
  const variable = named(/undefined variable: ([^,]+)/);
  if (variable) return `{{ ${variable} }} : ce mot n’existe pas ici. Choisissez parmi ceux de la liste.`;
  const filter = named(/undefined filter: ([^,]+)/);
  if (filter) return `${where}« | ${filter} » n’existe pas.`;
  const open = named(/tag "?\{%\s*(\w+)[^"]*"? not closed/);
  if (open) return `${where}il manque {% end${open} %} pour finir {% ${open} %}.`;
  const tag = named(/tag "(\w+)" not found/);
  if (tag) return `${where}{% ${tag} %} ne peut pas servir ici.`;
  if (/not closed/.test(said)) return `${where}il manque }} ou %} pour fermer des accolades.`;
  if (/limit exceeded/.test(said)) return 'Ce texte est trop long, ou demande trop de travail.';
  return `${where}ce qui est entre accolades n’est pas compris. Choisissez parmi les mots de la liste, ou effacez-les.`;
}
