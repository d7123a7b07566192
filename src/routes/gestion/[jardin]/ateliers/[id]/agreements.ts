/** What people say of photos that show them; nothing said is no agreement. */
export const agreements = [
  { value: '', label: 'Pas encore dit' },
  { value: 'yes', label: 'Oui' },
  { value: 'no', label: 'Non' },
];
