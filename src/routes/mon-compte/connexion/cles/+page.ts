// A passkey is made by the browser: this page earns its JavaScript. Removing one works without.
export const csr = true;
