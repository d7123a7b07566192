/** Tells that the reckoning is under way. Without JavaScript the form answers within a few seconds all the same. */
export const csr = true;
