// A passkey speaks to the browser: this page earns its JavaScript.
export const csr = true;
