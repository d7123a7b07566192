import { type Day, sayDayAndYear } from '#kernel/day.ts';
import { type Page, printPages } from '#platform/pdf/pages.ts';
import { ink, Paper } from '#platform/pdf/paper.ts';

export type Sender = { name: string; address: string; postcode: string; city: string; phone: string; email: string };
export type Letter = { name: string /** Lines under the name. */; address: string; number: string; subject: string; body: string };

const text = { size: 12 };
const strong = { size: 12, weight: 'bold' } as const;
const small = { size: 10, color: ink.grey };
const leading = 17;
/** Where the window of a DL or C5 envelope shows the address: 105 mm from the left edge, 52 mm from the top. */
const window = { x: 298, y: 152 };
const bodyTop = 290;

/**
 * Letters on A4 for envelopes with a window at the right: sender, recipient, day, subject, text. A long one goes on over the page. Nothing shows on
 * the outside but names and addresses.
 */
export function drawLetters(sender: Sender, letters: readonly Letter[], day: Day): Promise<Buffer> {
  const paper = new Paper(`Lettres du ${sayDayAndYear(day)} – ${sender.name}`, day);
  return printPages(
    paper,
    letters.flatMap((letter) => pagesOf(paper, sender, letter, day)),
    sender.name,
  );
}

function pagesOf(paper: Paper, sender: Sender, letter: Letter, day: Day): Page[] {
  const { left, right, bottom, top } = Paper.frame('portrait');
  const x = left + 22;
  const room = right - 22 - x;
  const lines = letter.body.split('\n').flatMap((line) => (line === '' ? [''] : paper.wrap(line, room, text)));
  const first = Math.floor((bottom - 40 - bodyTop - 3 * leading) / leading);
  const next = Math.floor((bottom - 40 - top - 20) / leading);
  const sheets = [lines.slice(0, first)];
  for (let at = first; at < lines.length; at += next) sheets.push(lines.slice(at, at + next));
  const footer = [sender.phone, sender.email].filter(Boolean).join(' · ');
  return sheets.map((shown, index): Page => {
    const draw = (target: Paper) => {
      const start = index === 0 ? bodyTop + 3 * leading : top + 20;
      if (index === 0) drawHead(target, { sender, letter, day, x, right: right - 22 });
      target.lines(
        shown.map((line) => ({ ...text, text: line })),
        x,
        start,
        leading,
      );
    };
    return { orientation: 'portrait', section: letter.name, footer, draw };
  });
}

function drawHead(
  paper: Paper,
  { sender, letter, day, x, right }: { sender: Sender; letter: Letter; day: Day; x: number; right: number },
): void {
  const from = [sender.address, `${sender.postcode} ${sender.city}`.trim(), sender.phone, sender.email].filter(Boolean);
  paper.text(sender.name, x, 70, { size: 15, weight: 'bold' });
  paper.lines(
    from.map((line) => ({ ...small, text: line })),
    x,
    88,
    14,
  );
  const to = letter.address.split('\n').filter(Boolean);
  const room = right - window.x;
  paper.lines(
    [
      { ...strong, text: paper.shorten(letter.name, room, strong) },
      ...to.map((line) => ({ ...text, text: paper.shorten(line, room, text) })),
    ],
    window.x,
    window.y,
    leading,
  );
  const place = sender.city ? `${sender.city}, le ${sayDayAndYear(day)}` : `Le ${sayDayAndYear(day)}`;
  paper.text(place, right, bodyTop - 2 * leading, { ...text, align: 'right' });
  paper.text(`Client n° ${letter.number}`, x, bodyTop - 2 * leading, small);
  for (const [index, line] of paper.wrap(letter.subject, right - x, strong, 2).entries())
    paper.text(line, x, bodyTop + index * leading, strong);
}
