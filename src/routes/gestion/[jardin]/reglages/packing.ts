export const orders = [
  { value: 'tour', label: 'Dans l’ordre de la tournée', hint: 'Le premier dépôt livré en haut.' },
  { value: 'reverse', label: 'À l’envers, pour charger', hint: 'Le dernier livré en haut : il monte le premier dans le camion.' },
  { value: 'name', label: 'Par nom de dépôt' },
  { value: 'number', label: 'Par numéro de dépôt' },
];
export const labelKinds = [
  { value: 'basket', label: 'Une par panier', hint: 'Le nom de la personne, son panier, son dépôt.' },
  { value: 'crate', label: 'Une par caisse', hint: 'Le dépôt, la sorte de panier, combien la caisse en contient. Aucun nom.' },
];
export const formats = [
  { value: '3x8', label: '24 par feuille : 3 × 8, de 70 × 37 mm' },
  { value: '3x7', label: '21 par feuille : 3 × 7, de 63,5 × 38,1 mm' },
  { value: '2x7', label: '14 par feuille : 2 × 7, de 99,1 × 38,1 mm' },
  { value: '2x4', label: '8 par feuille : 2 × 4, de 99,1 × 67,7 mm' },
];
export const names = [
  { value: 'full', label: 'Nom et prénom' },
  { value: 'short', label: 'Nom et initiale du prénom' },
  { value: 'number', label: 'Numéro de client seulement' },
];
export const codes = [
  { value: 'code128', label: 'Un code-barres', hint: 'Se lit avec une douchette ou un téléphone.' },
  { value: 'qr', label: 'Un code carré (QR)', hint: 'Se lit avec un téléphone.' },
  { value: 'none', label: 'Aucun code' },
];
