import { type Day, sayDayAndYear } from '#kernel/day.ts';
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
 * Letters on A4 for envelopes with a window at the right: sender, recipient, day, subject, text. A long one goes on over the page. Pages are counted
 * letter by letter, each being somebody else's; nothing shows on the outside but names and addresses.
 */
export function drawLetters(sender: Sender, letters: readonly Letter[], day: Day): Promise<Buffer> {
  const paper = new Paper(`Lettres du ${sayDayAndYear(day)} – ${sender.name}`, day);
  for (const letter of letters) drawLetter(paper, { sender, letter, day });
  return paper.finish();
}

type Written = { sender: Sender; letter: Letter; day: Day };

function drawLetter(paper: Paper, written: Written): void {
  const { left, right: edge, bottom, top } = Paper.frame('portrait');
  const [x, right] = [left + 22, edge - 22];
  const lines = written.letter.body.split('\n').flatMap((line) => (line === '' ? [''] : paper.wrap(line, right - x, text)));
  const start = bodyTop + 3 * leading;
  const first = Math.floor((bottom - 40 - start) / leading);
  const next = Math.floor((bottom - 40 - top - 20) / leading);
  const sheets = [lines.slice(0, first)];
  for (let at = first; at < lines.length; at += next) sheets.push(lines.slice(at, at + next));
  for (const [index, shown] of sheets.entries()) {
    paper.addPage('portrait');
    if (index === 0) {
      paper.bookmark(written.letter.name);
      drawHead(paper, { ...written, x, right });
    }
    const own = shown.map((line) => ({ ...text, text: line }));
    paper.lines(own, x, index === 0 ? start : top + 20, leading);
    if (sheets.length > 1) paper.text(`${index + 1} / ${sheets.length}`, right, bottom - 2, { ...small, align: 'right' });
  }
}

function drawHead(paper: Paper, { sender, letter, day, x, right }: Written & { x: number; right: number }): void {
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
