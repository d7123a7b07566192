import { escapeHtml, toHtml, toText } from './markdown.ts';

/** Whose letter it is. `lines`: how to reach the garden, under the letter. */
export type Letterhead = { garden: string; accent: string | null; lines: readonly string[] };

/** The text that ends a letter: how to stop receiving such ones, for those that may be refused. */
export type Stop = { says: string; href: string } | null;

const plainAccent = '#2f6b2f';

/** White or nearly black, whichever reads better on a colour (WCAG 2.2, relative luminance). @param color `#rrggbb` */
export function inkOn(color: string): string {
  const parts = [1, 3, 5].map((at) => Number.parseInt(color.slice(at, at + 2), 16) / 255);
  const [red, green, blue] = parts.map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4)) as [
    number,
    number,
    number,
  ];
  const luminance = 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  return 1.05 / (luminance + 0.05) >= (luminance + 0.05) / 0.0525 ? '#ffffff' : '#1c1c1a';
}

/** The letter as HTML: one column, no picture, styles that mail programs keep, readable on a phone and in the dark. */
export function letterHtml(subject: string, markdown: string, head: Letterhead, stop: Stop = null): string {
  const accent = /^#[0-9a-f]{6}$/i.test(head.accent ?? '') ? head.accent! : plainAccent;
  const button = `background:${accent};color:${inkOn(accent)};display:inline-block;padding:12px 22px;border-radius:8px;text-decoration:none;font-weight:bold`;
  const body = toHtml(markdown).replace(/<p class="action"><a /g, `<p style="margin:24px 0"><a style="${button}" `);
  const foot = head.lines.map(escapeHtml).join('<br>');
  const stopping = stop
    ? `<p style="margin:12px 0 0">${escapeHtml(stop.says)} <a href="${escapeHtml(stop.href)}" style="color:#5c5a54">Ne plus les recevoir</a></p>`
    : '';
  return `<!doctype html>
<html lang="fr"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark"><title>${escapeHtml(subject)}</title></head>
<body style="margin:0;background:#f5f2ea">
<div style="max-width:600px;margin:0 auto;padding:24px 16px;font:17px/1.55 'Helvetica Neue',Arial,sans-serif;color:#24231f;overflow-wrap:anywhere;word-break:break-word">
<p style="margin:0 0 16px;font-size:15px;font-weight:bold">${escapeHtml(head.garden)}</p>
<div style="background:#ffffff;border-top:4px solid ${accent};border-radius:10px;padding:20px 24px">
${body}</div>
<div style="padding:16px 4px;font-size:14px;color:#5c5a54">${foot}${stopping}</div>
</div></body></html>`;
}

/** The same letter without HTML. */
export const letterText = (markdown: string, head: Letterhead, stop: Stop = null): string =>
  [
    toText(markdown),
    '-- ',
    [head.garden, ...head.lines].join('\n'),
    ...(stop ? ['', `${stop.says} Ne plus les recevoir : ${stop.href}`] : []),
  ].join('\n');
