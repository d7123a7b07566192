import { error } from '@sveltejs/kit';
import { mandateProof } from '#domains/banking/index.server.ts';
import { enter } from '#edge/enter.ts';
import { fileHeaders } from '#edge/export.ts';
import { idIn } from '#edge/id.ts';

const endings: Record<string, string> = {
  'application/pdf': 'pdf',
  'image/jpeg': 'jpg',
  'image/png': 'png',
  'image/webp': 'webp',
  'text/plain': 'txt',
};

export const GET = async (event) => {
  const { actor } = enter(event, 'payments:read');
  const proof = await mandateProof(actor, idIn(event.params.id), idIn(event.params.preuve));
  if (!proof) error(404, { message: 'Cette preuve n’existe pas.' });
  const type = proof.type === 'text/plain' ? 'text/plain; charset=utf-8' : proof.type;
  const name = `mandat-${event.params.id}.${endings[proof.type]}`;
  return new Response(proof.content as BodyInit, {
    headers: { ...fileHeaders(name, type, 'inline'), 'x-content-type-options': 'nosniff' },
  });
};
