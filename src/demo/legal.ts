import { isSiren, isSiret } from '#domains/gardens/rules/legal.ts';
import type { GardenSettings } from '#domains/gardens/settings.ts';

type Legal = Pick<GardenSettings, 'legalForm' | 'siret' | 'rna' | 'vatNumber'>;

const withKey = (figures: string, is: (text: string) => boolean): string => Array.from('0123456789', (key) => figures + key).find(is)!;

/** Numbers of a garden that does not exist: well formed, in a range (999…) that is given to nobody. @param seed below 100 000. */
export function inventedLegal(seed: number): Legal {
  const siren = withKey(`999${String(seed).padStart(5, '0')}`, isSiren);
  const key = String((12 + 3 * (Number(siren) % 97)) % 97).padStart(2, '0');
  return {
    legalForm: 'Association loi 1901',
    siret: withKey(`${siren}0001`, isSiret),
    rna: `W999${String(seed).padStart(6, '0')}`,
    vatNumber: `FR${key}${siren}`,
  };
}
