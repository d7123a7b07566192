import type { LossRow } from '#domains/composition/index.server.ts';
import { formatQuantity } from '#kernel/quantity.ts';

const percent = new Intl.NumberFormat('fr-FR', { style: 'percent', maximumFractionDigits: 1 });

/** « 4,2 % »; '' when what was picked was not weighed. */
export const sayShare = ({ lost, picked }: LossRow): string => (picked > 0 ? percent.format(lost / picked) : '');

/** « gelé (2 kg), pourri (100 g) » */
export const sayReasons = ({ reasons, unit }: LossRow): string =>
  reasons
    .map(({ reason, lost }) => (reasons.length > 1 ? `${reason || 'sans raison notée'} (${formatQuantity(lost, unit)})` : reason))
    .join(', ');
