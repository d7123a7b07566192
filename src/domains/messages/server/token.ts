import { isSigned, sign } from '#platform/auth/sign.ts';
import { config } from '#platform/config.ts';

/** What a link of a letter stops: one kind of messages, for one customer of one garden. */
export type Stopping = { gardenId: number; customerId: number; kind: 'reminder' | 'news' };

const use = 'messages: stop';
const said = ({ gardenId, customerId, kind }: Stopping) => `${gardenId}.${customerId}.${kind}`;

/** The address at which a customer stops receiving such letters, without signing in (RFC 8058). It says who, and nothing else; it never runs out. */
export const stopLink = (stopping: Stopping): string =>
  `${config.publicUrl()}/desabonnement/${said(stopping)}.${sign(use, said(stopping))}`;

/** @returns what the token of a link stops, or null when we did not make it. */
export function readStop(token: string): Stopping | null {
  const match = /^(\d{1,9})\.(\d{1,15})\.(reminder|news)\.([\w-]{22})$/.exec(token);
  if (!match) return null;
  const stopping = { gardenId: Number(match[1]), customerId: Number(match[2]), kind: match[3] as Stopping['kind'] };
  return isSigned(use, said(stopping), match[4]!) ? stopping : null;
}

const bounceUse = 'messages: letter';

/** The Message-ID of a letter: its bounce, which quotes it, finds it again; nobody else can name one. */
export const messageIdOf = (gardenId: number, id: number): string =>
  `cocagne.${gardenId}.${id}.${sign(bounceUse, `${gardenId}.${id}`)}@${new URL(config.publicUrl()).hostname}`;

export function readMessageId(text: string): { gardenId: number; id: number } | null {
  const match = /cocagne\.(\d{1,9})\.(\d{1,15})\.([\w-]{22})@/.exec(text);
  if (!match || !isSigned(bounceUse, `${match[1]}.${match[2]}`, match[3]!)) return null;
  return { gardenId: Number(match[1]), id: Number(match[2]) };
}
