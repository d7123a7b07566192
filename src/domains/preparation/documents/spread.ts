export type Spread<Row> = { rows: Row[] /** points to add to the height of each row */; extra: number };

/**
 * Shares rows out over as few pages as their heights allow, then lets the rows breathe: each grows by up to `most` points while the number of
 * pages stays the same, so that the last page is not left with two lonely rows. A row taller than `room` stands alone.
 */
export function spread<Row extends { height: number }>(rows: Row[], room: number, most: number): Spread<Row>[] {
  const fewest = cut(rows, room, 0).length;
  let extra = most;
  while (extra > 0 && cut(rows, room, extra).length > fewest) extra -= 0.5;
  return cut(rows, room, Math.max(0, extra)).map((page) => ({ rows: page, extra: Math.max(0, extra) }));
}

function cut<Row extends { height: number }>(rows: Row[], room: number, extra: number): Row[][] {
  const pages: Row[][] = [];
  let used = Number.POSITIVE_INFINITY;
  for (const row of rows) {
    const height = row.height + extra;
    if (used + height > room) {
      pages.push([]);
      used = 0;
    }
    pages.at(-1)!.push(row);
    used += height;
  }
  return pages;
}
