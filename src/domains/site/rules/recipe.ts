/** The lines of a text as typed, without the signs that made them items: « - » of an ingredient, « 1. » of a step. */
export const linesOf = (text: string, marks: 'bullets' | 'steps'): string[] =>
  text
    .split('\n')
    .map((line) => line.trim().replace(marks === 'bullets' ? /^[-–•*]\s+/ : /^\d{1,2}\s*[.)°]\s*/, ''))
    .filter(Boolean);
