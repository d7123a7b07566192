import { attestationSheet } from '#domains/accounting/index.server.ts';
import { enter } from '#edge/enter.ts';
import { fileHeaders } from '#edge/export.ts';
import { version } from '../../../../../../../package.json';

/** The publisher's attestation, to complete and sign. */
export const GET = async (event) => {
  const { actor, today } = enter(event, 'accounting:read');
  const sheet = await attestationSheet(actor, { day: today, version });
  return new Response(sheet as BodyInit, { headers: fileHeaders('Attestation logiciel d’encaissement.pdf', 'application/pdf', 'inline') });
};
