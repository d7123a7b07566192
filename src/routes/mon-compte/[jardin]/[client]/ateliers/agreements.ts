/** What one says of photos that show oneself; nothing said is no agreement. */
export const agreements = [
  { value: '', label: 'Je ne sais pas encore' },
  { value: 'yes', label: 'D’accord pour qu’on les montre' },
  { value: 'no', label: 'Pas de photo de moi' },
];
