import { sayBriefDay } from '#domains/logistics/labels.ts';
import { sayDayAndYear } from '#kernel/day.ts';
import { code128, qrCode } from '#platform/pdf/code.ts';
import { largestSize } from '#platform/pdf/fit.ts';
import { Paper, type Style } from '#platform/pdf/paper.ts';
import { emptyDayPage } from './empty-day.ts';
import type { Label, LabelsSheet } from './labels-model.ts';

const millimetre = 72 / 25.4;
/** Printers leave the edge of the sheet, and labels shift a little. */
const padding = 4.5 * millimetre;
const smallest = 8;

/** Labels on sheets of A4, as a PDF: who or what, which basket, where it goes, and a code. Each tells its day and tour: sheets are cut up. */
export function drawLabels(sheet: LabelsSheet): Promise<Buffer> {
  const paper = new Paper(`Étiquettes – ${sayDayAndYear(sheet.date)} – ${sheet.garden}`, sheet.editedOn);
  const { columns, rows, width, height, left, top, gapX } = sheet.format;
  const perPage = columns * rows;
  const day = sayBriefDay(sheet.date);
  if (sheet.labels.length === 0) {
    paper.addPage('portrait');
    emptyDayPage(sheet, 'Étiquettes').draw(paper);
  }
  for (const [index, label] of sheet.labels.entries()) {
    const place = index % perPage;
    if (place === 0) {
      paper.addPage('portrait');
      paper.bookmark(`${label.tourCode} · ${label.depotName}`);
    }
    const box = {
      x: (left + (place % columns) * (width + gapX)) * millimetre + padding,
      y: (top + Math.floor(place / columns) * height) * millimetre + padding,
      width: width * millimetre - 2 * padding,
      height: height * millimetre - 2 * padding,
    };
    drawLabel(paper, label, day, sheet.code, box);
  }
  return paper.finish();
}

type Box = { x: number; y: number; width: number; height: number };

function drawLabel(paper: Paper, label: Label, day: string, kind: LabelsSheet['code'], box: Box): void {
  // A tall label gives its room to larger type, not to white.
  const scale = Math.min(1.7, Math.max(1, box.height / 82));
  const square = kind === 'qr' ? Math.min(box.height * 0.55, 52 * scale) : 0;
  const bars = kind === 'code128' ? 17 * scale : 0;
  const one = (size: number, weight: 'regular' | 'bold' = 'regular'): Style => ({ size: size * scale, weight });
  const line = (text: string, x: number, y: number, room: number, style: Style) => {
    const size = largestSize(paper.width(text, { ...style, size: 1 }), room, smallest, style.size);
    paper.text(paper.shorten(text, room, { ...style, size }), x, y, { ...style, size });
  };

  const head = one(12, 'bold');
  const baseline = box.y + 10 * scale;
  const when = one(9.5);
  paper.text(day, box.x + box.width, baseline, { ...when, align: 'right' });
  line(`${label.tourCode} · ${label.stopOrder}`, box.x, baseline, box.width - paper.width(day, when) - 8, head);

  const bottom = box.y + box.height;
  // The square stands in the corner: lines beside it are shorter.
  const lines: [text: string, style: Style, y: number][] = label.name
    ? [
        [label.name, one(15, 'bold'), 27],
        [label.part ? `${label.what} (${label.part})` : label.what, one(12.5), 42.5],
        [label.depotName, one(10), 55.5],
      ]
    : [
        [label.depotName, one(15, 'bold'), 27],
        [label.what, one(13.5, 'bold'), 43],
        [label.part, one(11), 56],
      ];
  for (const [text, style, down] of lines) {
    const y = box.y + down * scale;
    line(text, box.x, y, y > bottom - square ? box.width - square - 6 : box.width, style);
  }

  if (kind === 'code128') {
    const code = code128(label.code);
    // Bars thinner than a quarter of a millimetre are no longer read; wider than half, the code only grows.
    paper.code(code, box.x, bottom - bars, { width: Math.min(box.width, code.width * 0.5 * millimetre), height: bars });
  } else if (kind === 'qr') paper.code(qrCode(label.code), box.x + box.width - square, bottom - square, { width: square, height: square });
}
