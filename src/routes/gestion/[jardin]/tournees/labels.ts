export const tourLabels = {
  code: 'Code',
  name: 'Nom',
  preparationWeekday: 'Jour de préparation',
  deliveryWeekday: 'Jour de livraison',
  color: 'Couleur',
  leavesAt: 'Départ du jardin',
  vehicleBaskets: 'Paniers dans le véhicule',
};

/** Colours that tell tours apart, on paper too; a new tour takes the first that no other has. */
const colours = ['#2e7d32', '#1565c0', '#ef6c00', '#6a1b9a', '#5d4037', '#00838f', '#ad1457', '#9e9d24', '#37474f', '#4527a0'];

export const freeColour = (used: readonly string[]): string => colours.find((colour) => !used.includes(colour)) ?? '#2e7d32';
