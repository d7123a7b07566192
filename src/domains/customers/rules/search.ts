/**
 * What was typed in the search box → the pieces that must all be found. Neighbouring figures are one piece, so that « 06 40 97 »
 * is looked for as the digits of a phone. Accents and case are folded by the database (`search_text`).
 */
export function searchPieces(typed: string): string[] {
  const pieces: string[] = [];
  let figures = false;
  for (const word of typed.trim().split(/[\s\u00a0\u202f]+/)) {
    if (!word) continue;
    const bare = word.replace(/[.\-/]/g, '');
    const isFigures = /^\d+$/.test(bare);
    if (isFigures && figures) pieces[pieces.length - 1] += bare;
    else pieces.push(isFigures ? bare : word);
    figures = isFigures;
  }
  return pieces.slice(0, 8);
}

/** A piece as a pattern of LIKE: what it holds is looked for as it is. */
export const likePattern = (piece: string): string => `%${piece.replace(/[\\%_]/g, '\\$&')}%`;
