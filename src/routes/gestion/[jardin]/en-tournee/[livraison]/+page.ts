/** A tick that is kept without network, and sent later, earns its JavaScript. */
export const csr = true;
