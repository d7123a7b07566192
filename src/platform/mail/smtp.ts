import { createTransport, type Transporter } from 'nodemailer';
import type { Mail } from './port.ts';

const transports = new Map<string, Transporter>();

/** `smtps://user:password@server:465` or `smtp://server:587`; connections are kept for the next letters. */
export async function sendBySmtp(url: string, from: string, mail: Mail): Promise<void> {
  let transport = transports.get(url);
  if (!transport) {
    const address = new URL(url);
    address.searchParams.set('pool', 'true');
    address.searchParams.set('maxConnections', '2');
    transport = createTransport(address.toString());
    transports.set(url, transport);
  }
  const attachments = mail.attachments?.map(({ name, type, content }) => ({
    filename: name,
    contentType: type,
    content,
    encoding: 'base64',
  }));
  const { to, subject, text } = mail;
  await transport.sendMail({ from, to, subject, text, attachments, disableFileAccess: true, disableUrlAccess: true });
}

/** Lets go of the servers' connections when the worker stops. */
export function closeSmtp(): void {
  for (const transport of transports.values()) transport.close();
  transports.clear();
}
