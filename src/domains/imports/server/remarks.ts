import type { PlanningResult } from '#domains/subscriptions/index.server.ts';
import type { Remark } from './run.ts';

const texts: Record<PlanningResult['problems'][number]['problem'], string> = {
  no_basket: 'Aucun panier n’est prévu cette semaine-là : la demande est gardée, sans effet.',
  no_delivery: 'Aucune livraison n’a lieu la semaine demandée pour le report : le panier reste à sa semaine.',
};

/** Requests of these files that change nothing, told line by line. @param lines request → where it was read. */
export function remarksOn(problems: PlanningResult['problems'], lines: ReadonlyMap<number, { fileId: number; line: number }>): Remark[] {
  const remarks = problems.flatMap(({ requestId, problem }) => {
    const place = lines.get(requestId);
    return place ? [{ ...place, text: texts[problem] }] : [];
  });
  return remarks.sort((a, b) => a.fileId - b.fileId || a.line - b.line);
}
