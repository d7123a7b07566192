import { z } from 'zod';

/** How people subscribe by themselves on the garden's public pages. */

const yesOrNo = z.preprocess((value) => (value === 'yes' ? true : value === 'no' ? false : value), z.boolean());

export const signupSettings = {
  signupOpen: yesOrNo.default(true),
  /** The garden reads each sign-up and answers it; else it is let through, except when the person seems to be known already. */
  signupApproval: yesOrNo.default(true),
  /** « Arrondi solidaire »: something on top at each delivery, as people like. */
  signupTopUp: yesOrNo.default(false),
  signupTopUpText: z.string().trim().max(400).default(''),
  /** Containers that come back may be taken with the first basket. */
  signupContainers: yesOrNo.default(false),
  /** What people agree to before they send; empty: nothing. */
  signupConditions: z.string().trim().max(8000).default(''),
};

/** What a form may send of them. */
export const signupGiven = {
  signupOpen: signupSettings.signupOpen.unwrap().optional(),
  signupApproval: signupSettings.signupApproval.unwrap().optional(),
  signupTopUp: signupSettings.signupTopUp.unwrap().optional(),
  signupTopUpText: signupSettings.signupTopUpText.unwrap().optional(),
  signupContainers: signupSettings.signupContainers.unwrap().optional(),
  signupConditions: signupSettings.signupConditions.unwrap().optional(),
};
