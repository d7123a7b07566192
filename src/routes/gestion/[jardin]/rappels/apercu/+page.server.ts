import { error } from '@sveltejs/kit';
import { previewReminder } from '#domains/receivables/index.server.ts';
import { enter } from '#edge/enter.ts';
import { idIn } from '#edge/id.ts';

export const load = async (event) => {
  const { actor, garden, today } = enter(event, 'billing:read');
  const { searchParams } = event.url;
  const customerId = idIn(searchParams.get('client') ?? undefined);
  const preview = await previewReminder(actor, { customerId, stepId: idIn(searchParams.get('etape') ?? undefined), today });
  if (!preview) error(404, { message: 'Ce client n’est plus en retard, ou cette étape n’existe plus.' });
  return { base: `/gestion/${garden.slug}`, preview };
};
