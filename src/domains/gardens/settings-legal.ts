import { z } from 'zod';
import { isRna, isSiret, isVatNumber } from './rules/legal.ts';

/** Who the garden is before the law, and what its invoices say: name, numbers, VAT, days to pay. Empty: not said yet. */

const text = (max: number) => z.string().trim().max(max);
const bare = (value: unknown) => (typeof value === 'string' ? value.replace(/[\s.]/g, '').toUpperCase() : value);
const number = (is: (value: string) => boolean, message: string) =>
  z.preprocess(
    bare,
    z.string().refine((value) => value === '' || is(value), message),
  );

export const legalSettings = {
  /** As it is registered; empty: the garden's name. */
  legalName: text(120).default(''),
  legalForm: text(80).default(''),
  siret: number(isSiret, 'Un numéro SIRET a 14 chiffres : vérifiez-les un par un.').default(''),
  rna: number(isRna, 'Un numéro RNA est un W suivi de 9 chiffres, par exemple W882001234.').default(''),
  vatNumber: number(isVatNumber, 'Un numéro de TVA français est FR, deux signes et les 9 chiffres du SIREN : vérifiez-le.').default(''),
  /** A garden that is not liable bills without VAT, whatever the rates of its products (article 293 B du CGI). */
  vatLiable: z.preprocess((value) => (value === 'yes' ? true : value === 'no' ? false : value), z.boolean()).default(true),
  /** Why it is not: below the thresholds, or an association whose aims are social and whose running is disinterested. */
  vatReason: z.enum(['293B', '261-7']).default('293B'),
  /** Days between an invoice and its due day. */
  paymentDays: z.coerce.number().int().min(0).max(60).default(30),
  /** Printed at the foot of every invoice. */
  invoiceFooter: text(400).default(''),
};

/** What a form may send of them. */
export const legalGiven = {
  legalName: legalSettings.legalName.unwrap().optional(),
  legalForm: legalSettings.legalForm.unwrap().optional(),
  siret: legalSettings.siret.unwrap().optional(),
  rna: legalSettings.rna.unwrap().optional(),
  vatNumber: legalSettings.vatNumber.unwrap().optional(),
  vatLiable: legalSettings.vatLiable.unwrap().optional(),
  vatReason: legalSettings.vatReason.unwrap().optional(),
  paymentDays: legalSettings.paymentDays.unwrap().optional(),
  invoiceFooter: legalSettings.invoiceFooter.unwrap().optional(),
};
