import { error } from '@sveltejs/kit';
import { ownStatementPdf } from '#domains/account/index.server.ts';
import { statementAsked } from '#domains/billing/schema-charges.ts';
import { enterOwn } from '#edge/enter-own.ts';
import { readAsked } from '#edge/forms.ts';
import { answerPdf } from '#edge/pdf.ts';

export const GET = async (event) => {
  const { own, today } = await enterOwn(event);
  const asked = readAsked(event.url.searchParams, statementAsked);
  const { du, au } = asked.ok ? asked.value : { du: null, au: null };
  if (!asked.ok || (du && au && au < du)) error(422, 'Ces dates ne sont pas possibles : choisissez-les sur la page du relevé.');
  const pdf = await ownStatementPdf(own, { from: du, until: au }, today);
  if (!pdf) error(404, 'Ce compte n’existe plus.');
  return answerPdf({ name: pdf.name.replace(/\.pdf$/, ''), content: pdf.content });
};
