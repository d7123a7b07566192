/** Only the last four signs are shown: enough to recognise an account, not to use it. « •••• 6252 » */
export const maskIban = (iban: string): string => `•••• ${iban.replace(/\s/g, '').slice(-4)}`;
