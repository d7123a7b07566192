import { createTransport, type Transporter } from 'nodemailer';
import type { Mail } from './port.ts';

/** A mail server: of the installation as an address, of a garden as what was typed. */
export type SmtpServer = { host: string; port: number; secure: boolean; user: string; password: string };

const transports = new Map<string, Transporter>();
const patience = { connectionTimeout: 20_000, greetingTimeout: 20_000, socketTimeout: 60_000 };

/** `smtps://user:password@server:465` or `smtp://server:587`; connections are kept for the next letters. */
export async function sendBySmtp(server: string | SmtpServer, from: string, mail: Mail): Promise<void> {
  const key = JSON.stringify(server);
  let transport = transports.get(key);
  if (!transport) {
    transport = connect(server);
    transports.set(key, transport);
  }
  const attachments = mail.attachments?.map(({ name, type, content }) => ({
    filename: name,
    contentType: type,
    content,
    encoding: 'base64',
  }));
  const { to, subject, text, html, replyTo, headers, messageId } = mail;
  await transport.sendMail({
    ...{ from: mail.from ?? from, to, subject, text, html, replyTo, headers, attachments },
    ...(messageId && { messageId: `<${messageId}>` }),
    ...{ disableFileAccess: true, disableUrlAccess: true },
  });
}

function connect(server: string | SmtpServer): Transporter {
  if (typeof server === 'string') {
    const address = new URL(server);
    address.searchParams.set('pool', 'true');
    address.searchParams.set('maxConnections', '2');
    return createTransport(address.toString());
  }
  const { host, port, secure, user, password } = server;
  // A garden's password never travels in the open: without TLS from the start, it is asked for before anything is said.
  const auth = user === '' ? undefined : { user, pass: password };
  return createTransport({
    pool: true,
    maxConnections: 2,
    host,
    port,
    secure,
    requireTLS: !secure && auth !== undefined,
    auth,
    ...patience,
  });
}

/** Lets go of the servers' connections when the worker stops. */
export function closeSmtp(): void {
  for (const transport of transports.values()) transport.close();
  transports.clear();
}
