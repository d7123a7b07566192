/** Nothing here needs JavaScript. */
export const csr = false;
