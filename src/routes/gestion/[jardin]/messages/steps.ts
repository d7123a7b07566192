/** From whom to write to, to the letter that leaves. @param draft the address of the message, once there is one. */
export const groupSteps = (draft?: string) => [
  { label: 'À qui' },
  { label: 'Le message', ...(draft && { href: draft }) },
  { label: 'Relire et envoyer' },
];
