import type { Cents } from '#kernel/money.ts';

/** What a line of the bank may be taken for. */
export type Target =
  /** A debit that came back; `fee`: what the bank took for it, beyond the debit. */
  | { kind: 'return'; id: number; fee: Cents }
  /** One debit collected, told alone. */
  | { kind: 'debit'; id: number }
  /** A file of debits collected, whole or by lot. */
  | { kind: 'batch'; id: number }
  | { kind: 'slip'; id: number }
  | { kind: 'transfers'; id: number }
  /** A cheque of a slip that came back; `id` of its payment. */
  | { kind: 'cheque'; id: number }
  /** A payment that is written already: announced, or received by hand. */
  | { kind: 'payment'; id: number }
  | { kind: 'customer'; id: number; document: number | null }
  | { kind: 'account'; account: string }
  /** A movement that a file of another kind told already. */
  | { kind: 'line'; id: number };

/** 'sure': accepted with all the others at one press; 'likely': to look at; 'possible': one among others. */
export type Confidence = 'sure' | 'likely' | 'possible';
export type Proposal = {
  target: Target;
  confidence: Confidence;
  /** What speaks for it, in French. */
  why: string[];
};

export const confidences: readonly Confidence[] = ['sure', 'likely', 'possible'];

/** How a form names a target: « customer:12:45 », « account:627000 ». */
export const targetKey = (target: Target): string =>
  target.kind === 'account'
    ? `account:${target.account}`
    : target.kind === 'customer'
      ? `customer:${target.id}${target.document ? `:${target.document}` : ''}`
      : `${target.kind}:${target.id}`;

/** What `targetKey` wrote; null for anything else. The fee of a return is what is beyond the debit: who accepts it reckons it. */
export function readTarget(key: string): Target | null {
  const account = /^account:([1-9]\d{2,9})$/.exec(key);
  if (account) return { kind: 'account', account: account[1]! };
  const [, kind, id, document] =
    /^(return|debit|batch|slip|transfers|cheque|payment|customer|line):([1-9]\d{0,14})(?::([1-9]\d{0,14}))?$/.exec(key) ?? [];
  if (!kind || (document && kind !== 'customer')) return null;
  if (kind === 'customer') return { kind, id: Number(id), document: document ? Number(document) : null };
  if (kind === 'return') return { kind, id: Number(id), fee: 0 };
  return { kind: kind as 'debit' | 'batch' | 'slip' | 'transfers' | 'cheque' | 'payment' | 'line', id: Number(id) };
}
