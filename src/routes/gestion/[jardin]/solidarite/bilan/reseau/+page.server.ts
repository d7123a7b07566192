import { redirect } from '@sveltejs/kit';
import { z } from 'zod';
import { noteReading, programmeFigures, sendProgrammeFigures } from '#domains/solidarity/index.server.ts';
import { parseQuarter, quartersOver, sayQuarter, tellQuarter } from '#domains/solidarity/rules/quarter.ts';
import { enter } from '#edge/enter.ts';
import { leaveFlash } from '#edge/flash.ts';
import { readForm, refused } from '#edge/forms.ts';
import { can } from '#platform/access/actor.ts';

export const load = async (event) => {
  const { actor, garden, today } = enter(event, 'solidarity:read');
  const quarters = quartersOver(today, 8);
  const quarter = parseQuarter(event.url.searchParams.get('trimestre') ?? '') ?? quarters[0]!;
  await noteReading(actor, 'report', 0, today);
  return {
    ...{ base: `/gestion/${garden.slug}/solidarite`, quarter: sayQuarter(quarter), told: tellQuarter(quarter) },
    quarters: quarters.map((one) => ({ value: sayQuarter(one), label: tellQuarter(one) })),
    ...(await programmeFigures(actor, quarter)),
    mayChange: can(actor, 'solidarity:change'),
  };
};

const sendForm = z.object({ trimestre: z.string() });

export const actions = {
  default: async (event) => {
    const { actor, today } = enter(event, 'solidarity:change');
    const form = await readForm(event, sendForm);
    if (!form.ok) return form.failure;
    const quarter = parseQuarter(form.value.trimestre) ?? quartersOver(today, 1)[0]!;
    const sent = await sendProgrammeFigures(actor, quarter, today);
    if (!sent.ok) return refused(sent, form.values);
    leaveFlash(event.cookies, `Les chiffres du ${tellQuarter(quarter)} sont transmis au réseau.`);
    redirect(303, `${event.url.pathname}?trimestre=${sayQuarter(quarter)}`);
  },
};
