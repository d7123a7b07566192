/** Figures follow each quantity as it is typed. Without JavaScript they are counted when the sheet is saved. */
export const csr = true;
