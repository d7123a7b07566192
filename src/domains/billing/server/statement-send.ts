import { notify } from '#domains/messages/index.server.ts';
import { type Day, shortDay } from '#kernel/day.ts';
import { formatEuros } from '#kernel/money.ts';
import { done, type Outcome, refuse } from '#kernel/outcome.ts';
import { type Actor, requireRight } from '#platform/access/actor.ts';
import { inGarden } from '#platform/db/tenancy.ts';
import { statementPdf } from './statement-pdf.ts';

export type StatementToSend = { from: Day | null; until: Day | null; to: string; message: string; key: string };

/** Sends a customer's statement by mail, its PDF joined; `message` takes the place of the usual text. A form sent twice (`key`) sends once. */
export async function sendStatement(actor: Actor, customerId: number, asked: StatementToSend, today: Day): Promise<Outcome<null>> {
  requireRight(actor, 'billing:change');
  const drawn = await statementPdf(actor, customerId, asked, today);
  if (!drawn) return refuse('Ce client n’existe pas dans votre jardin.');
  const { closing, from, until } = drawn.told;
  const variables = {
    ...{ debut: shortDay(from), fin: shortDay(until), message: asked.message },
    ...{ du: closing > 0 ? formatEuros(closing) : '', avance: closing < 0 ? formatEuros(-closing) : '' },
  };
  const attachments = [{ name: `releve-${until}.pdf`, type: 'application/pdf', content: drawn.content.toString('base64') }];
  return inGarden(actor, async (tx) => {
    await notify(tx, actor.gardenId, [
      { event: 'statement_sent', customerId, to: asked.to, variables, attachments, about: `releve:${asked.key}` },
    ]);
    return done(null);
  });
}
