import type { Day } from '#kernel/day.ts';
import { done, type Outcome, refuse } from '#kernel/outcome.ts';
import { type Actor, requireRight } from '#platform/access/actor.ts';
import { inGarden, readInGarden } from '#platform/db/tenancy.ts';
import { bodies, type Statement, statementOn } from '../rules/eligibility.ts';
import type { StatementValues } from '../schema.ts';
import { type GardenFacts, gardenFacts, type StoredStatement, statementsOf } from './facts.ts';

export type StatementPage = { current: StoredStatement | null; all: StoredStatement[]; garden: GardenFacts };

/** What the garden stated of its receipts, latest first, and what they would say of it. Two queries. */
export function statementPage(actor: Actor, today: Day): Promise<StatementPage> {
  requireRight(actor, 'giving:read');
  return readInGarden(actor, async (tx) => {
    const [all, garden] = await Promise.all([statementsOf(tx), gardenFacts(tx, actor.gardenId)]);
    return { current: statementOn(all, today), all: all.toReversed(), garden };
  });
}

/**
 * The garden states whether it may make tax receipts, from a day on. Nothing is believed for it: it says what it is, of which articles, who signs, and that it has
 * checked. Said again in the same words, nothing more is written.
 */
export function stateEligibility(actor: Actor, values: StatementValues, today: Day): Promise<Outcome<null>> {
  requireRight(actor, 'giving:change');
  const { startsOn, eligible, body, articles, object, ruling, signer, signerTitle, sure } = values;
  const wrong: Record<string, string> = {};
  if (eligible) {
    if (!body) wrong.body = 'Choisissez ce qu’est votre jardin.';
    if (articles.length === 0) wrong.articles = 'Cochez au moins un article.';
    const beyond = body && articles.filter((one) => !(bodies[body].articles as readonly string[]).includes(one));
    if (beyond && beyond.length > 0) wrong.articles = `L’article ${beyond.join(', ')} n’est pas ouvert à ce que vous avez choisi.`;
    if (!object) wrong.object = 'Dites l’objet de l’association, comme dans ses statuts.';
    if (!signer) wrong.signer = 'Dites qui signe les reçus.';
    if (!signerTitle) wrong.signerTitle = 'Par exemple : Présidente, Trésorier.';
    if (!sure) wrong.sure = 'Cochez cette case après avoir vérifié : les reçus engagent l’association.';
  }
  if (Object.keys(wrong).length > 0) return Promise.resolve(refuse('La déclaration est à compléter.', wrong));
  return inGarden(actor, async (tx) => {
    const stated = {
      startsOn,
      eligible,
      body: eligible ? body! : '',
      articles: eligible ? articles : [],
      object,
      ruling,
      signer,
      signerTitle,
    };
    const current = statementOn(await statementsOf(tx), startsOn > today ? startsOn : today);
    if (current && JSON.stringify(sameShape(current)) === JSON.stringify(sameShape(stated))) return done(null);
    await tx
      .insertInto('giving_statement')
      .values({
        ...{
          garden_id: actor.gardenId,
          starts_on: startsOn,
          eligible,
          body: stated.body,
          articles: stated.articles,
          object,
          ruling,
          signer,
        },
        ...{ signer_title: signerTitle, user_id: actor.userId },
      })
      .execute();
    return done(null);
  });
}

const sameShape = (one: Statement) => [
  ...[one.startsOn, one.eligible, one.body, one.articles, one.object, one.ruling, one.signer, one.signerTitle],
];
