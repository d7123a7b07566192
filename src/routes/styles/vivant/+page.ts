/** The two components that earn JavaScript, with it. */
export const csr = true;
