/** A page sends no JavaScript unless it earns it (decision 0001). */
export const csr = false;
