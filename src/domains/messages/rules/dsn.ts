/** A letter that came back, as the mail server tells it. `original`: the Message-ID of ours. `aside`: nothing more should go to this address. */
export type Return = { original: string; said: string; aside: boolean };

/** Enhanced status codes (RFC 3463) in words. */
function sayStatus(status: string): { said: string; aside: boolean } {
  const [kind = '', subject = '', detail = ''] = status.split('.');
  const code = `${subject}.${detail}`;
  if (code === '2.2') return { said: 'La boîte de cette personne est pleine.', aside: false };
  if (code === '2.3' || code === '3.4') return { said: 'Le message est trop lourd pour cette boîte.', aside: false };
  if (subject === '7') return { said: 'Le message a été pris pour un courrier indésirable.', aside: false };
  if (kind !== '5') return { said: 'Le message n’a pas pu être remis à temps.', aside: false };
  if (code === '1.2' || code === '4.4') return { said: 'La fin de cette adresse (après le @) n’existe pas.', aside: true };
  if (code === '2.1') return { said: 'Cette boîte est fermée.', aside: true };
  return { said: 'Cette adresse n’existe pas.', aside: true };
}

const field = (block: string, name: string): string | null =>
  new RegExp(`^${name}:[ \\t]*([^\\n]*)`, 'im').exec(block)?.[1]?.trim() ?? null;

/**
 * Reads delivery status notifications (RFC 3464) out of what a mailbox gives: one mail, or many one after the other (mbox). Announcements of a delay are no
 * returns; mails that quote no letter of ours are left out.
 */
export function readReturns(text: string): Return[] {
  const mails = text.replace(/\r\n?/g, '\n').split(/^From [^\n]*\n(?=[\w-]+:)/m);
  return mails.flatMap((mail) => {
    const unfolded = mail.replace(/\n[ \t]+/g, ' ');
    const original = /cocagne\.\d+\.\d+\.[\w-]{22}@[\w.-]+/.exec(unfolded)?.[0];
    // One block per recipient; ours have one each.
    const block = unfolded.split(/\n\s*\n/).find((part) => /^Final-Recipient:/im.test(part));
    if (!original || !block || field(block, 'Action')?.toLowerCase() !== 'failed') return [];
    const status = /\b[245]\.\d{1,3}\.\d{1,3}\b/.exec(field(block, 'Status') ?? '')?.[0] ?? '5.0.0';
    return [{ original, ...sayStatus(status) }];
  });
}
