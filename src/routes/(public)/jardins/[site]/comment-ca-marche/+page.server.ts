import { depotsInBrief, questionsOf, toHtml } from '#domains/site/index.server.ts';
import { enterSite } from '#edge/enter-site.ts';
import { siteHead } from '#edge/site-head.ts';

export const load = async (event) => {
  const { site, base, visitor, today } = await enterSite(event, 'logistics:read');
  const questions = questionsOf(site.texts.questions, base);
  return {
    head: siteHead(site, '/comment-ca-marche', `S’abonner aux paniers de ${site.name} : choisir, venir chercher, s’absenter, payer.`, {
      title: 'Comment ça marche',
    }),
    data: {
      '@type': 'FAQPage',
      mainEntity: questions.map(({ question, html }) => ({
        '@type': 'Question',
        name: question,
        acceptedAnswer: { '@type': 'Answer', text: html },
      })),
    },
    how: toHtml(site.texts.how, { base }),
    questions,
    depots: await depotsInBrief(visitor, today),
  };
};
