/** Shares and quantities drive one another as they are typed; without JavaScript, « Calculer » does it. */
export const csr = true;
