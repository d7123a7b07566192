import { type Day, sayDayAndYear } from '#kernel/day.ts';
import { type Cents, formatEuros } from '#kernel/money.ts';
import { maskAccount } from './account.ts';

type Told = {
  holder: string;
  amount: Cents;
  dueOn: Day;
  remittance: string;
  creditor: string;
  mandate: { reference: string; iban: string };
};

/** The letter that announces a debit. The account is named by its last four signs only. */
export function noticeOf(garden: { name: string; phone: string; email: string }, told: Told): { subject: string; text: string } {
  const day = sayDayAndYear(told.dueOn);
  const reach = [garden.phone, garden.email].filter(Boolean).join(' ou ');
  return {
    subject: `${garden.name} : prélèvement de ${formatEuros(told.amount)} le ${day}`,
    text: [
      `Bonjour ${told.holder},`,
      `${formatEuros(told.amount)} seront prélevés sur votre compte ${maskAccount(told.mandate.iban)} le ${day}${told.remittance ? `, pour ${told.remittance}` : ''}.`,
      `Référence de votre mandat (RUM) : ${told.mandate.reference}\nIdentifiant du créancier (ICS) : ${told.creditor}`,
      `Une question, un compte qui a changé ? Dites-le nous avant cette date${reach ? ` : ${reach}` : ''}.`,
      `À bientôt,\n${garden.name}`,
    ].join('\n\n'),
  };
}
