import { z } from 'zod';

/** On which price a garden counts its margins: the one customers pay, or that price once VAT is taken off. */
export const marginSettings = { marginBase: z.enum(['with_vat', 'without_vat']).default('with_vat') };

/** What a form may send of them. */
export const marginGiven = { marginBase: marginSettings.marginBase.unwrap().optional() };
